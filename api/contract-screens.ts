/** A browser that shows a code: the board that its page was opened at, null where it is none that is served. */
export interface AskingInfo {
  board: string | null;
}

/** What a screen is to do. `reload_at` is the last order to load its page anew (epoch ms, 0 for never). */
export interface ScreenOrders {
  id: string;
  shown: string;
  board: string;
  /** What stands across the board until an instant of the server's clock. */
  message: ScreenMessage | null;
  reload_at: number;
}

/** A message to a screen; `until` is epoch ms. */
export interface ScreenMessage {
  text: string;
  until: number;
}

/** How a screen is, as it says itself: by its page's own monotonic clock, since nobody sets its computer's. */
export interface ScreenSign {
  board: string;
  /** Build of the page. */
  version: string;
  /** How long ago it drew its last frame. */
  frame_age_ms: number;
  /** CSS pixels. */
  width: number;
  height: number;
  pixel_ratio: number;
  /** How long the page has been open. */
  uptime_ms: number;
}

/** Why a browser is no screen: it never was one, or how it ceased to be. */
export type EnrolReason = 'new' | 'expired' | 'administrator' | 'copied' | 'other_browser';

/** The answer to a browser that asks to be a screen: it is one, or it shows a code until `lapses_at` (epoch ms; `now` is the server's clock). */
export type Enrolment =
  | { state: 'enrolled'; board: string }
  | { state: 'waiting'; reason: EnrolReason; code: string; secret: string; now: number; lapses_at: number };

/** The answer to a browser whose code may have been confirmed. */
export type Claim = { state: 'enrolled'; board: string } | { state: 'waiting' };

/** What is known of a screen: it draws, has drawn nothing for too long, was never seen, is switched off on purpose, or its token is worth nothing. */
export type ScreenState = 'alive' | 'dead' | 'never' | 'off' | 'expired' | 'revoked';

/** A screen on the fleet page. Instants are epoch ms. */
export interface ScreenInfo {
  id: string;
  shown: string;
  state: ScreenState;
  /** Code of its unit; null is the whole province. */
  unit: string | null;
  /** The board that it is to show. */
  board: string;
  enrolled_at: number;
  enrolled_by: string;
  message: ScreenMessage | null;
  revoked: { at: number; by: string; reason: 'administrator' | 'copied' | 'other_browser' } | null;
  /** Its last sign; null when there was none. */
  seen: {
    at: number;
    board: string;
    version: string;
    frame_at: number;
    opened_at: number;
    width: number;
    height: number;
    pixel_ratio: number;
    address: string;
  } | null;
}

/** `GET /api/screens`: all screens, as of `at` (epoch ms). */
export interface Fleet {
  at: number;
  screens: ScreenInfo[];
}

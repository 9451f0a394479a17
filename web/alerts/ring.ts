/** Pitch of each of the strokes, in Hz, by severity; a graver one is struck more often. */
const STROKES: Readonly<Record<number, readonly number[]>> = {
  4: [880, 660, 880, 660],
  3: [784, 659],
  2: [659],
  1: [523],
};
const STROKE_S = 0.22;

let audio: AudioContext | undefined;

/** Sounds for a new alert, where the browser lets it: before anybody has touched the page most do not. Nothing is loaded for it. */
export function ring(severity: number): void {
  if (typeof AudioContext === 'undefined') return;
  audio ??= new AudioContext();
  // a page that was never touched is kept silent: it is asked, and nothing waits for the answer
  if (audio.state === 'suspended') audio.resume().catch(() => undefined);
  const start = audio.currentTime;
  for (const [index, pitch] of (STROKES[severity] ?? []).entries()) {
    const at = start + index * STROKE_S;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + STROKE_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + STROKE_S);
  }
}

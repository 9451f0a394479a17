import { useElementSize } from '@vueuse/core';
import { latLngBounds, map as createMap, point, polygon, svg } from 'leaflet';
import type { LatLng, LatLngExpression, Map as LeafletMap, Polygon } from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { onScopeDispose, ref, shallowRef, toValue, watch, watchEffect } from 'vue';
import type { MaybeRefOrGetter, Ref, ShallowRef } from 'vue';
import type { MapFile } from '../http/schemas.ts';
import type { Point } from './link-arcs.ts';
import { clearestCorner, seenFrom, wayRound } from './legend-corner.ts';
import type { Corner } from './legend-corner.ts';

/** How an area is drawn. `fill` is a colour or a `url(#pattern)` of the same document. */
export interface AreaStyle {
  fill: string;
  stroke: string;
  /** Width of the border, in pixels. */
  weight: number;
}

/** Where latitudes and longitudes lie on the fitted map, in pixels from its top left. A new object whenever that changes. */
export interface MapView {
  width: number;
  height: number;
  place: (seat: readonly [number, number]) => Point;
  /** Where the legend has most room. */
  corner: Corner;
}

/** Room left free around the areas, in pixels. */
export interface Margin {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** How often areas are made smaller at most. */
const FITS = 10;
/** By what share of what they lack, and by how many pixels at least: smaller areas may also find room below the legend. */
const SPARED = { share: 0.3, least: 4 } as const;

type Feature = MapFile['features'][number];

/** GeoJSON has longitude first, Leaflet latitude. */
function rings(polygonRings: readonly (readonly number[])[][]): LatLngExpression[][] {
  return polygonRings.map((ring) =>
    ring.map(([longitude = 0, latitude = 0]): LatLngExpression => [latitude, longitude]),
  );
}

function areaOf(feature: Feature): Polygon {
  const { geometry } = feature;
  const parts = geometry.type === 'Polygon' ? [rings(geometry.coordinates)] : geometry.coordinates.map(rings);
  // no smoothing: a wall of twice the pixels must show the same shape
  return polygon(parts, { smoothFactor: 0, fillOpacity: 1, lineJoin: 'round' });
}

type Nested = LatLng | Nested[];

/** Every corner of an area, however its rings are nested. */
function corners(nested: Nested): LatLng[] {
  return Array.isArray(nested) ? nested.flatMap(corners) : [nested];
}

/**
 * A still Leaflet map of areas, fitted into its element at any size: no tiles, no controls, nothing to drag, so that it looks the same for
 * weeks. Leaflet's objects stay in here and are never reactive.
 */
export function useAreaMap(options: {
  element: Ref<HTMLElement | null>;
  file: MaybeRefOrGetter<MapFile | undefined>;
  style: (code: string) => AreaStyle;
  margin: MaybeRefOrGetter<Margin>;
  /** Size of what lies over a corner of the map, in pixels: the areas move out of its way as far as there is room. */
  legend: MaybeRefOrGetter<{ width: number; height: number }>;
  onOpen: (code: string) => void;
  onPoint: (code: string | null) => void;
}): { view: Readonly<ShallowRef<MapView | undefined>> } {
  const view = shallowRef<MapView>();
  const areas = new Map<string, Polygon>();
  /** Counts the drawings of a file: the areas themselves are not reactive. */
  const drawn = ref(0);
  const { width, height } = useElementSize(options.element);
  let leaflet: LeafletMap | undefined;

  const open = (element: HTMLElement): LeafletMap =>
    createMap(element, {
      renderer: svg({ padding: 0 }),
      zoomSnap: 0,
      zoomControl: false,
      attributionControl: false,
      dragging: false,
      scrollWheelZoom: false,
      doubleClickZoom: false,
      boxZoom: false,
      keyboard: false,
      touchZoom: false,
      zoomAnimation: false,
      fadeAnimation: false,
      markerZoomAnimation: false,
      trackResize: false,
    });

  const close = (): void => {
    leaflet?.remove();
    leaflet = undefined;
    areas.clear();
    view.value = undefined;
  };

  const draw = (target: LeafletMap, file: MapFile): void => {
    for (const feature of file.features) {
      const { unit: code } = feature.properties;
      const area = areaOf(feature);
      area.on('click', () => options.onOpen(code));
      area.on('mouseover', () => options.onPoint(code));
      area.on('mouseout', () => options.onPoint(null));
      areas.set(code, area);
      area.addTo(target);
    }
    drawn.value += 1;
  };

  watchEffect(() => {
    if (drawn.value === 0) return;
    for (const [code, area] of areas) {
      const { fill, stroke, weight } = options.style(code);
      area.setStyle({ fillColor: fill, color: stroke, weight });
    }
  });

  const pixels = (target: LeafletMap): Point[] =>
    [...areas.values()].flatMap((area) => corners(area.getLatLngs()).map((at) => target.latLngToContainerPoint(at)));

  const fit = (target: LeafletMap): void => {
    const bounds = latLngBounds([]);
    for (const area of areas.values()) bounds.extend(area.getBounds());
    const margin = toValue(options.margin);
    target.invalidateSize({ animate: false });
    const { x: wide, y: high } = target.getSize();
    const size = { width: wide, height: high };
    // margins that leave no room, as while the page is laid out, would put every point nowhere, for good
    const room = Math.min(wide - margin.left - margin.right, high - margin.top - margin.bottom);
    if (!bounds.isValid() || room < 20) return;
    const legend = toValue(options.legend);
    let corner: Corner = 'top-left';
    // areas that cannot move out of the legend's way get smaller, by as much as they lack
    let spare = 0;
    for (let turn = 0; turn < FITS; turn += 1) {
      const isRight = corner.endsWith('right');
      target.fitBounds(bounds, {
        paddingTopLeft: point(margin.left + (isRight ? 0 : spare), margin.top),
        paddingBottomRight: point(margin.right + (isRight ? spare : 0), margin.bottom),
        animate: false,
      });
      if (turn === 0) corner = clearestCorner(pixels(target), legend, size, margin.right);
      const far = { x: wide - margin.right, y: high - margin.bottom };
      const { x, y, lacking } = wayRound(seenFrom(corner, pixels(target), size), legend, far);
      const [toLeft, up] = [corner.endsWith('right'), corner.startsWith('bottom')];
      target.panBy([Math.round(toLeft ? x : -x), Math.round(up ? y : -y)], { animate: false });
      if (lacking < 1 || margin.left + spare + lacking > width.value / 3) break;
      spare += Math.max(SPARED.share * lacking, SPARED.least);
    }
    view.value = {
      width: width.value,
      height: height.value,
      corner,
      place: ([latitude, longitude]) => {
        const at = target.latLngToContainerPoint([latitude, longitude]);
        return { x: at.x, y: at.y };
      },
    };
  };

  watch(
    [options.element, () => toValue(options.file)],
    ([element, file]) => {
      close();
      if (!element || !file) return;
      leaflet = open(element);
      // a map without a view refuses layers that it must project
      leaflet.setView([0, 0], 5, { animate: false });
      draw(leaflet, file);
      fit(leaflet);
    },
    { flush: 'post' },
  );
  watch([width, height, () => toValue(options.margin), () => toValue(options.legend)], () => {
    if (leaflet) fit(leaflet);
  });
  onScopeDispose(close);
  return { view };
}

import { computed, ref } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { useRouter } from 'vue-router';
import { useUnit } from '../../wall/use-wall-unit.ts';
import { useOpener } from '../opening.ts';
import type { PanelProps } from '../panel-props.ts';
import { POINT_GAP_U } from './draw-layers.ts';
import { mapPoints, pointAt } from './map-points.ts';
import type { MapPoint, PlaceOfRow } from './map-points.ts';

/** How near to a point the mouse has to be, in wall units. */
const REACH_U = 14;

/** The points of a map panel, where each leads, and which of them is pointed at, by its id. */
export function useMapPoints(
  props: Readonly<PanelProps<'map'>>,
  placeOf: () => PlaceOfRow | undefined,
): {
  points: ComputedRef<MapPoint[]>;
  pointed: Ref<string | null>;
  pathOfPoint: (point: MapPoint) => string;
  onMove: (event: MouseEvent) => void;
  onClick: (event: MouseEvent) => void;
} {
  const router = useRouter();
  const open = useOpener();
  const u = useUnit();
  const points = computed(() => {
    const place = placeOf();
    return place ? mapPoints(props.results.points, props.view.metric, place, POINT_GAP_U * u.value) : [];
  });
  const pointed = ref<string | null>(null);
  const pathOfPoint = ({ row, unit }: MapPoint): string => {
    const { panel } = props.view;
    const template = panel.queries.points?.opens ?? panel.opens;
    return open(template, { row, at: props.results.points?.at }) ?? `/unit/${encodeURIComponent(unit)}`;
  };
  /** The point under the mouse, unless a link lies there. */
  const pointUnder = (event: MouseEvent): MapPoint | undefined => {
    const figure = event.currentTarget;
    if (!(figure instanceof Element) || (event.target instanceof Element && event.target.closest('a')))
      return undefined;
    const { left, top } = figure.getBoundingClientRect();
    return pointAt(points.value, { x: event.clientX - left, y: event.clientY - top }, REACH_U * u.value);
  };
  return {
    points,
    pointed,
    pathOfPoint,
    onMove: (event) => {
      pointed.value = pointUnder(event)?.id ?? null;
    },
    onClick: (event) => {
      const point = pointUnder(event);
      if (!point) return;
      // it lies over an area, which would open its unit
      event.stopPropagation();
      void router.push(pathOfPoint(point));
    },
  };
}

import { useDevicePixelRatio } from '@vueuse/core';
import { watchEffect } from 'vue';
import type { Ref } from 'vue';

/**
 * Draws on a canvas as sharp as its screen, again whenever what `draw` reads has changed. `size` is in CSS pixels, in which `draw` draws on an empty
 * canvas; nothing is drawn while there is none.
 */
export function useCanvas(options: {
  element: Ref<HTMLCanvasElement | null>;
  size: () => { width: number; height: number };
  draw: (context: CanvasRenderingContext2D) => void;
}): void {
  const { pixelRatio } = useDevicePixelRatio();
  watchEffect(
    () => {
      const canvas = options.element.value;
      const { width, height } = options.size();
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return;
      const pixels = { width: Math.round(width * pixelRatio.value), height: Math.round(height * pixelRatio.value) };
      // a canvas that is given a size, even its own, is made anew
      if (canvas.width !== pixels.width || canvas.height !== pixels.height) Object.assign(canvas, pixels);
      context.setTransform(pixelRatio.value, 0, 0, pixelRatio.value, 0, 0);
      context.clearRect(0, 0, width, height);
      options.draw(context);
    },
    { flush: 'post' },
  );
}

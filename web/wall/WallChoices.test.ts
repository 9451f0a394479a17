import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testBoard } from '../test-board.ts';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import WallChoices from './WallChoices.vue';

const both = (text: string) => ({ vi: text, en: text });
const variable = (title: string, values: (string | number)[]) => ({
  title: both(title),
  choices: values.map((value) => ({ value, name: both(`tên ${value}`) })),
  default: values[0] ?? '',
});

function resolved(chosen: Record<string, string | number>, unit = 'H49') {
  const board = testBoard();
  const variables = { period: variable('Kỳ', [30, 7]), compare: variable('So với', ['week', 'year']) };
  return { ...board, board: { ...board.board, variables }, chosen, unit: { code: unit, path: `/${unit}/` } };
}

const open = (chosen: Record<string, string | number>, path = '/wall/thu?rota=all', unit?: string) =>
  mountAt(WallChoices, { path, props: { resolved: resolved(chosen, unit), open: true } });

describe('the choices of a wall', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => vi.unstubAllGlobals());

  it('say all that is chosen, and the unit where it is not the whole', async () => {
    const usual = await open({ period: 30, compare: 'week' });
    expect(usual.page.findAll('.parts span').map((part) => part.text())).toEqual(['tên 30', 'tên week']);
    usual.page.unmount();
    const other = await open({ period: 7, compare: 'year' }, '/wall/thu', 'H49.12');
    expect(other.page.findAll('.parts span').map((part) => part.text())).toEqual(['Vân Đồn', 'tên 7', 'tên year']);
    other.page.unmount();
  });

  it('are written in the address, and the default is not', async () => {
    const { page, address } = await open({ period: 30, compare: 'week' });
    await page.get('[data-variable="period"] input[value="7"]').trigger('change');
    await settle();
    expect(address()).toBe('/wall/thu?rota=all&period=7');
    await page.setProps({ resolved: resolved({ period: 7, compare: 'week' }) });
    await page.get('[data-variable="period"] input[value="30"]').trigger('change');
    await settle();
    expect(address()).toBe('/wall/thu?rota=all');
    page.unmount();
  });

  it('offer the units below, and lead back to the whole', async () => {
    const { page, address } = await open({ period: 30, compare: 'week' });
    expect(page.findAll('option').map((option) => option.attributes('value'))).toEqual(['H49', 'H49.12', 'H49.09']);
    await page.get('select').setValue('H49.12');
    await settle();
    expect(address()).toBe('/wall/thu?rota=all&unit=H49.12');
    await page.setProps({ resolved: resolved({ period: 30, compare: 'week' }, 'H49.12') });
    await page.get('select').setValue('H49');
    await settle();
    expect(address()).toBe('/wall/thu?rota=all');
    page.unmount();
  });

  it('close by Escape, and the button has the focus again', async () => {
    const { page } = await mountAt(WallChoices, { props: { resolved: resolved({ period: 30, compare: 'week' }) } });
    const button = page.get('[data-choices]');
    expect(button.attributes('aria-expanded')).toBe('false');
    await button.trigger('click');
    expect(page.find('.sheet').exists()).toBe(true);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await settle();
    expect(page.find('.sheet').exists()).toBe(false);
    expect(document.activeElement).toBe(button.element);
    page.unmount();
  });
});

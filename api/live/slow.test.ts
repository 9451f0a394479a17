import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createSlowViewers } from './slow.ts';

class FakeConnection extends EventEmitter {
  transport = { writable: true };
}

describe('slow viewers', () => {
  function setUp() {
    const slow = createSlowViewers();
    const connection = new FakeConnection();
    slow.add('a', connection);
    return { slow, connection };
  }
  const nobody = { fallen: [], caught_up: [] };

  it('finds one that could not be written to at two looks in a row', () => {
    const { slow, connection } = setUp();
    connection.transport.writable = false;
    expect(slow.look()).toEqual(nobody);
    expect(slow.look()).toEqual({ fallen: ['a'], caught_up: [] });
    expect(slow.look()).toEqual(nobody);
    connection.transport.writable = true;
    expect(slow.look()).toEqual({ fallen: [], caught_up: ['a'] });
    expect(slow.look()).toEqual(nobody);
  });

  it('leaves one alone that is busy but gets on', () => {
    const { slow, connection } = setUp();
    connection.transport.writable = false;
    for (let n = 0; n < 5; n += 1) {
      connection.emit('drain');
      expect(slow.look()).toEqual(nobody);
    }
  });

  it('does not call one caught up that writes a little and is stuck again', () => {
    const { slow, connection } = setUp();
    connection.transport.writable = false;
    slow.look();
    slow.look();
    connection.emit('drain');
    expect(slow.look()).toEqual(nobody);
    expect(slow.look()).toEqual(nobody);
  });
});

import type { MqttClient } from 'mqtt';

/** A message that asks to be acknowledged. */
export interface Receipt {
  /** True while the connection that it came by is there: over another one the broker sends it again. */
  isCurrent: () => boolean;
  /** Tells the broker that it may forget it; nothing when the connection is gone. */
  acknowledge: () => void;
}

/** The head of PUBACK, and the bytes that follow (MQTT 3.1.1, section 3.4): the identifier of the message. */
const PUBACK = [0x40, 2] as const;

/**
 * Takes the acknowledging of QoS 1 over from the library, which acknowledges one message before it gives out the next: each would wait for a disk of its own,
 * ten a second. So the library is shown QoS 0, and `receiptOf` gives what is needed to acknowledge later, out of its turn. Undefined for real QoS 0.
 */
export function takeOverAcknowledging(client: MqttClient): (packet: object) => Receipt | undefined {
  const receipts = new WeakMap<object, Receipt>();
  client.on('packetreceive', (packet) => {
    if (packet.cmd !== 'publish' || packet.qos !== 1 || packet.messageId === undefined) return;
    const { messageId } = packet;
    const { stream } = client;
    const isCurrent = (): boolean => client.stream === stream && client.connected;
    packet.qos = 0;
    receipts.set(packet, {
      isCurrent,
      acknowledge: () => {
        if (isCurrent()) stream.write(Buffer.from([...PUBACK, messageId >> 8, messageId & 0xff]));
      },
    });
  });
  return (packet) => receipts.get(packet);
}

const MAPPED = '::ffff:';

/** An address as an inventory writes it: one of IPv4 that came over IPv6 is one of IPv4. */
export function addressOf(address: string | undefined): string {
  if (address === undefined) return '';
  return address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address;
}

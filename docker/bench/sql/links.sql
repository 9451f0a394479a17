-- A sample a minute of each of `count` links over the last 24 hours; every fiftieth link is down since an hour.
INSERT INTO log.link_event
    (unit_path, observed_at, event_key, received_at, id, source, type, subject, unit, simulated, link_id, from_unit, ring, up, latency_ms, loss_ratio, rx_bps, tx_bps)
WITH
    number % {count:UInt64} AS link,
    {now:DateTime64(3, 'UTC')} - toIntervalMinute(intDiv(number, {count:UInt64})) AS at,
    link % length({paths:Array(String)}) + 1 AS place,
    link % 50 = 7 AND intDiv(number, {count:UInt64}) < 60 AS down
SELECT
    {paths:Array(String)}[place],
    at,
    reinterpretAsUUID(sipHash128(number, 'link')),
    at + INTERVAL 1 SECOND,
    concat('bench-link-', toString(number)),
    'mang-tslcd',
    if(down, 'link.down', 'link.sample'),
    concat('tslcd-', toString(link)),
    {codes:Array(String)}[place],
    0,
    concat('tslcd-', toString(link)),
    'H49',
    concat('vong-', toString(link % 12)),
    NOT down,
    if(down, NULL, 2 + number % 9),
    if(down, NULL, 0),
    if(down, NULL, 1e6),
    if(down, NULL, 2e6)
FROM numbers({count:UInt64} * 1440)

-- Records of a sensor over the last seven days, one in ten an alert.
INSERT INTO log.security_event
    (unit_path, observed_at, event_key, received_at, id, source, type, subject, unit, simulated, severity, event_type, category, signature, asset, action, payload)
WITH
    sipHash64(number, 'security') AS chance,
    {now:DateTime64(3, 'UTC')} - toIntervalMillisecond(chance % 604800000) AS at,
    chance % 10 = 0 AS is_alert
SELECT
    {paths:Array(String)}[1],
    at,
    reinterpretAsUUID(sipHash128(number, 'security')),
    at + INTERVAL 1 SECOND,
    concat('bench-security-', toString(number)),
    'suricata-ttdl',
    if(is_alert, 'security.alert', 'security.record'),
    concat('10.49.0.', toString(chance % 250)),
    {codes:Array(String)}[1],
    0,
    if(is_alert, toUInt8(1 + intDiv(chance, 10) % 4), 0),
    if(is_alert, 'alert', 'flow'),
    'Potentially Bad Traffic',
    concat('ET RULE ', toString(chance % 300)),
    concat('10.49.0.', toString(chance % 250)),
    'allowed',
    '{}'
FROM numbers({count:UInt64})

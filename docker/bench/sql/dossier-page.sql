-- A row is one overdue dossier as of {at} under {rule}, longest due first: the first hundred. Cost: 20 ms.
SELECT
    dossier_id,
    unit_path,
    status,
    toUnixTimestamp64Milli(due_at) AS due_at,
    toUnixTimestamp64Milli(accepted_at) AS accepted_at,
    procedure_code,
    procedure_name,
    field_name,
    handler_path,
    step_holder
FROM dossier_open AS d
WHERE if({rule:String} = '766', overdue_from_766, overdue_from_province) <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
ORDER BY d.due_at, dossier_id
LIMIT 100

-- Dossiers with what the rule set {rule} makes of each at {at}: time alone turns an open one into one that is due soon, then overdue.
SELECT
    *,
    multiIf(
        if({rule:String} = '766', overdue_from_766, overdue_from_province) <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 'open_overdue',
        if({rule:String} = '766', outcome_766, outcome_province) != 'open', toString(if({rule:String} = '766', outcome_766, outcome_province)),
        if({rule:String} = '766', soon_from_766, soon_from_province) <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 'open_due_soon',
        'open_in_time'
    ) AS outcome
FROM dossier

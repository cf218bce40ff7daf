-- The courses of a list: one part for each index, which it is worded for; no course is in two of them. The open doses
-- and checks are long, and left out where nothing of them can be in the list.
SELECT
  p.uid, p.id, p.name, p.birth_date, c.course, c.state, c.drug, c.dose, c.next_dose, c.next_due, c.look_again, c.no_date,
  c.given, c.last_given,
  CASE WHEN c.look_again <= :last OR c.state IN ('on-hold', 'all-answered') OR c.no_date = 1 THEN c.open ELSE '' END, c.fold,
  c.regimens_sha256, c.as_of, c.patient
FROM course c JOIN patient p ON p.patient = c.patient
WHERE c.ward = :ward AND c.next_due <= :last
UNION ALL
SELECT
  p.uid, p.id, p.name, p.birth_date, c.course, c.state, c.drug, c.dose, c.next_dose, c.next_due, c.look_again, c.no_date,
  c.given, c.last_given,
  CASE WHEN c.look_again <= :last OR c.state IN ('on-hold', 'all-answered') OR c.no_date = 1 THEN c.open ELSE '' END, c.fold,
  c.regimens_sha256, c.as_of, c.patient
FROM course c JOIN patient p ON p.patient = c.patient
WHERE c.ward = :ward AND c.no_date = 1 AND ifnull(c.next_due, '9999') > :last
UNION ALL
SELECT
  p.uid, p.id, p.name, p.birth_date, c.course, c.state, c.drug, c.dose, c.next_dose, c.next_due, c.look_again, c.no_date,
  c.given, c.last_given,
  CASE WHEN c.look_again <= :last OR c.state IN ('on-hold', 'all-answered') OR c.no_date = 1 THEN c.open ELSE '' END, c.fold,
  c.regimens_sha256, c.as_of, c.patient
FROM course c JOIN patient p ON p.patient = c.patient
WHERE c.ward = :ward AND c.state IN ('active', 'on-hold', 'planned') AND c.state = 'on-hold'
  AND ifnull(c.next_due, '9999') > :last AND c.no_date <> 1

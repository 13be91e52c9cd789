"""Quiz files to and from the formats of other programs: GIFT, Aiken, Moodle XML, QTI 2.2."""

"""The professions a learner may declare; credit schemes name theirs from this list."""

PROFESSIONS = (
    "Physician",
    "Nurse",
    "Nurse practitioner",
    "Pharmacist",
    "Pharmacy technician",
    "Physician assistant or associate",
    "Radiographer or radiation therapist",
    "Pathologist or laboratory scientist",
    "Clinical researcher",
    "Student of a health profession",
    "Other healthcare professional",
)

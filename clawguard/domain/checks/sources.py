"""The public texts the checks rest on, named once. Our pages say in our own words what they mean for a session."""

from clawguard.domain.checks.finding import Source

_HEADWAY = "https://help.headway.co/hc/en-us/articles"

POLICY = Source(
    "Headway clawback protection guidelines",
    "https://findheadway.zendesk.com/hc/en-us/articles/6048369068564-Clawback-protection-guidelines",
)
NOVITAS_TIMES = Source(
    "Novitas Solutions, psychotherapy billing (Medicare)",
    "https://www.novitas-solutions.com/webcenter/portal/MedicareJH/pagebyid?contentId=00026768",
)
OIG_AUDIT = Source(
    "HHS Office of Inspector General, psychotherapy audit A-09-21-03021",
    "https://oig.hhs.gov/oas/reports/region9/92103021.asp",
)
NETWORK_CODES = Source("Headway CPT codes and documentation", f"{_HEADWAY}/360059490751")
NETWORK_CODE_CHANGES = Source("Headway CPT code changes", f"{_HEADWAY}/21332641961364")
NETWORK_CONFIRMING = Source("Headway provider agreement updates", f"{_HEADWAY}/19165795694484")
NETWORK_REVIEWS = Source("Headway billing and documentation reviews", f"{_HEADWAY}/22758794941972")
NETWORK_NOTES = Source("Headway on keeping progress notes", f"{_HEADWAY}/13042026808212")
NETWORK_DEADLINES = Source("Headway documentation deadlines", f"{_HEADWAY}/25175689760532")
NETWORK_ADDENDA = Source("Headway feedback for billing compliance", f"{_HEADWAY}/43089128123156")
NETWORK_GAPS = Source(
    "Headway on what insurers look for in notes", "https://headway.co/resources/common-insurer-requirements-notes"
)
CLAWBACKS = Source("Headway on what a clawback is", "https://headway.co/resources/what-is-a-clawback")
NOVITAS_CHECKLIST = Source(
    "Novitas Solutions psychotherapy checklist",
    "https://www.novitas-solutions.com/webcenter/portal/MedicareJH/pagebyid?contentId=00171100",
)
SIGNATURES = Source(
    "CMS Medicare Program Integrity Manual, chapter 3, section 3.3.2.4",
    "https://www.cms.gov/regulations-and-guidance/guidance/manuals/downloads/pim83c03.pdf",
)
OKLAHOMA_NOTES = Source(
    "Oklahoma OAC 317:30-5-248, documentation of records", "https://oklahoma.gov/ohca/policies-and-rules.html"
)
PRIVACY = Source(
    "45 CFR 164.508 and 164.502(b), psychotherapy notes and minimum necessary",
    "https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-E",
)
PROGRAMME_RECORDS = Source(
    "42 CFR 2.13 and 2.31, program records and the consent to their use",
    "https://www.ecfr.gov/current/title-42/chapter-I/subchapter-A/part-2",
)
NETWORK_TELEHEALTH = Source("Headway billing for telehealth", "https://headway.co/resources/billing-for-telehealth")
BCBSIL = Source("BCBS Illinois psychotherapy policy summary", "https://openpayer.com/")
MIDPOINT = Source(
    "APA Psychiatric News on the CPT time rule",
    "https://psychnews.psychiatryonline.org/doi/full/10.1176/appi.pn.2016.11b25",
)
VISIT_AND_THERAPY = Source(
    "Texas Medical Association, psychotherapy with an office visit", "https://www.texmed.org/Template.aspx?id=30416"
)
NCCI_PAIRS = Source(
    "CMS NCCI procedure-to-procedure edits",
    "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-procedure-procedure-ptp-edits",
)
NCCI_ADD_ONS = Source(
    "CMS NCCI add-on code edits",
    "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-add-code-edits",
)
NCCI_UNITS = Source(
    "CMS NCCI medically unlikely edits",
    "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-medically-unlikely-edits",
)
NGS_MENTAL_HEALTH = Source(
    "NGS Medicare mental-health billing", "https://www.ngsmedicare.com/web/ngs/mental-health?selectedArticleId=675774"
)
NGS_GROUP = Source(
    "NGS Medicare on LCD L33632", "https://www.ngsmedicare.com/web/ngs/mental-health?selectedArticleId=4807215"
)
ICD10 = Source("CMS ICD-10-CM files and tabular list", "https://www.cms.gov/medicare/coding-billing/icd-10-codes")
ICD10_GUIDELINES = Source(
    "ICD-10-CM Official Guidelines for Coding and Reporting",
    "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
)
TELEHEALTH = Source(
    "AAFP on telehealth places and modifiers",
    "https://www.aafp.org/family-physician/practice-and-career/getting-paid/coding/telehealth.html",
)
PLACES = Source(
    "CMS place of service code set", "https://www.cms.gov/medicare/coding-billing/place-of-service-codes/code-sets"
)
HCPCS_MODIFIERS = Source(
    "CMS HCPCS Level II modifiers", "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system"
)
MODIFIER_DATES = Source("X12 claim adjustment reason code 182", "https://x12.org/codes/claim-adjustment-reason-codes")
WHO_MAY_BILL = Source(
    "Noridian Medicare mental-health services", "https://med.noridianmedicare.com/web/jeb/specialties/mental-health"
)
PHONE_CODES = Source(
    "AAFP on telephone and telehealth codes since 2025",
    "https://www.aafp.org/family-physician/practice-and-career/getting-paid/coding/telehealth.html",
)
CODE_CHANGES = Source(
    "APA Services on procedure codes of behavioral health and their changes by year",
    "https://www.apaservices.org/practice/reimbursement/health-codes",
)
DUPLICATES = Source("X12 claim adjustment reason code 18", "https://x12.org/codes/claim-adjustment-reason-codes")
ADJUSTMENT_REASONS = Source(
    "X12 claim adjustment reason codes 13 and 27", "https://x12.org/codes/claim-adjustment-reason-codes"
)
NEW_PATIENTS = Source(
    "CMS Medicare Claims Processing Manual, chapter 12, section 30.6.7",
    "https://www.cms.gov/regulations-and-guidance/guidance/manuals/downloads/clm104c12.pdf",
)
LONG_DAYS = Source(
    "HHS Office of Inspector General, Illinois psychotherapy review A-05-01-00068",
    "https://oig.hhs.gov/oas/reports/region5/50100068.htm",
)
FILING = Source(
    "X12 claim adjustment reason code 29; for Medicare 42 CFR 424.44",
    "https://www.ecfr.gov/current/title-42/section-424.44",
)
MEDICARE_COUNSELLORS = Source(
    "CMS on marriage and family therapists and mental health counselors",
    "https://www.cms.gov/medicare/payment/fee-schedules/physician-fee-schedule/"
    "marriage-and-family-therapists-and-mental-health-counselors",
)
TEXAS_AUDIT = Source("Texas HHSC Office of Inspector General, therapy audit", "https://oig.hhs.texas.gov/")
OIG_OCEANSIDE = Source(
    "HHS Office of Inspector General, psychotherapy services of Oceanside Medical Group",
    "https://oig.hhs.gov/reports/all/2019/"
    "oceanside-medical-group-received-unallowable-medicare-payments-for-psychotherapy-services",
)
SHARE_LETTERS = Source(
    "APA Practice Organization on letters about 90837", "https://www.apaservices.org/practice/reimbursement"
)
FREQUENCY_LETTERS = Source(
    "The Insurance Maze on clawbacks and frequency reviews", "https://theinsurancemaze.com/clawbacks/"
)
MONITORING = Source(
    "HHS OIG General Compliance Program Guidance, on monitoring",
    "https://oig.hhs.gov/compliance/general-compliance-program-guidance/",
)
PROLONGED = Source(
    "CMS Physician Fee Schedule, prolonged office visits",
    "https://www.cms.gov/medicare/payment/fee-schedules/physician",
)
MEDICARE_TELEHEALTH_LIST = Source(
    "CMS list of telehealth services", "https://www.cms.gov/medicare/coverage/telehealth/list-services"
)
CODE_EDITS = Source(
    "CMS Definitions of Medicare Code Edits",
    "https://www.cms.gov/medicare/payment/prospective-payment-systems/acute-inpatient-pps/"
    "ms-drg-classifications-and-software",
)
CLAIM_FORMAT = Source("X12 837P professional claim, 005010X222A1", "https://x12.org/products/transaction-sets")
LIMITS_OF_A_SERVICE = Source(
    "42 CFR 440.230(d), limits on a service", "https://www.ecfr.gov/current/title-42/section-440.230"
)
VISITS_WITHOUT_AUTHORIZATION = Source(
    "Texas Medicaid Provider Procedures Manual, outpatient behavioral health, December 2016, section 4.2.1",
    "https://www.tmhp.com/Manuals_HTML1/TMPPM/Archive/2016/Vol2_Behavioral_Health_Handbook.15.028.html",
)

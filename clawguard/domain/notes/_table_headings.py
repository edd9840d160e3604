"""Headings of notes as people write them, by what stands under them. Our own list; lower case, plain dashes."""

_NAMES = {
    "subjective": """
subj
sx
sxs
s/s
check in
check-in
cc / hx
subjective
subjective / client report
client report
subjective report
self report
self-report
client's report
patient report
presentation of client
chief complaint
presenting problem
presenting problems
presenting problem / symptoms
presenting concern
presenting concerns
presenting issue
presenting issues
presenting
presenting crisis
reason for visit
reason for referral
reason for session
cc
cc/hpi
hpi
history of present illness
symptoms
current symptoms
symptoms reported
interval history
reports
client reports
concerns
what she told me
what he told me
what they told me
what the client told me
chief concern
came in with
in their words
brought in
interim
interim history
interval
""",
    "objective": """
objective
objective / observations
observations
observation
clinical observations
obj
obs
what i saw
looked
""",
    "assessment": """
assess
assmt
assessment
clinical assessment
clinical impression
impression
assessment and diagnosis
formulation
assessment/diagnosis
assessment / progress
diagnostic impression
clinical formulation
""",
    "plan": """
plan
plan / next steps
plan of care
plan/recommendations
next steps
next step
treatment recommendations
recommendations
initial recommendations
initial plan
homework
follow-up
follow up
plan for next session
next
initial treatment plan
treatment plan (initial)
treatment plan
disposition and plan
hw
next session
plans
what is next
what's next
coming up
until then
to start with
between sessions
for next time
""",
    "data": """
data
description
session content
content
session summary
summary
narrative
session narrative
problem
""",
    "behavior": """
pres
presentation
behavior
behaviour
behaviors
""",
    "intervention": """
interv
intervs
tx provided
intervention
interventions
interventions used
intervention used
interventions provided
therapeutic interventions
therapeutic intervention
techniques
techniques used
treatment provided
tx
work done
what we did
did
modality
modalities
therapeutic approach
interventions / methods
services provided
what we worked on
worked on
what was done
method
methods
skills
skills used
skills taught
structural moves
""",
    "response": """
response
client response
client's response
response to intervention
response to treatment
reaction
patient response
response to interventions
how the client responded
clinical response
client response to treatment
resp
how it went
how he took it
how she took it
how they took it
how it landed
landed
reception
received
client's reaction
client reaction
outcome of intervention
response in session
""",
    "goal": """
goal
goals
treatment goal
treatment goals
goals addressed
objective addressed
goal addressed
""",
    "progress": """
prog
progress
progress toward goals
progress toward treatment goals
progress towards goals
goal progress
progress on treatment plan
progress toward goal
progress to goals
treatment progress
progress on goals
where we stand
where things stand
movement
status of goals
goal status
moving
""",
    "evaluation": """
evaluation
""",
    "mental_status": """
mental status
mental status exam
mental status examination
mse
mood
presentation/mse
appearance and mental state
mental state
""",
    "risk": """
risk
risk assessment
risk assessment/safety
safety
safety assessment
suicidal/homicidal ideation
risk/safety
si
hi
si/hi
safety/risk
""",
    "function": """
functional impairment
functional impact
function
functioning
impact on functioning
impairment
impact
impact on life
functional status
level of functioning
where it bites
daily life
day to day
impact on daily life
impact on daily functioning
fx
""",
    "necessity": """
nec
need
still needs services
still needs tx
medical necessity
necessity
why treatment is needed
why now
rationale for treatment
justification
rationale
clinical justification
justification for continued treatment
rationale for continued treatment
rationale for care
why still
why, and why this long
why care
why continue
why it is needed
need for care
need for treatment
continued need
reason for continued care
why crisis care
med nec
mn
""",
    "diagnosis": """
diagnosis
diagnoses
dx
icd-10
icd 10
diagnosis code
diagnosis codes
""",
    "history": """
psychiatric history
past psychiatric history
past psych history
past psych hx
psychiatric hx
history of mental health treatment
medical history
past medical history
medical hx
medical
pmh
social history
social hx
shx
social
developmental and social history
family history
family hx
fhx
family psychiatric history
family
substance use
substance use history
substance history
substance hx
alcohol and drugs
meds
medications
allergies
""",
    "prognosis": """
prognosis
""",
    "participants": """
participants
present
attended
attendees
in attendance
attendance
persons present
in the room
participants present
others present
members present
number attending
here
who
who was there
who came
""",
    "logistics": """
telehealth
time
session time
start time
start
end time
stop time
end
stop
time in
time out
location
place
service
session details
session
date of service
dos
session date
date
duration
place of service
service location
""",
    "disposition": """
disposition
outcome
result
""",
    "em": """
e/m
medical e/m
evaluation and management
em
medical evaluation
medical evaluation and management
medical part
medical portion
med management
medication management
""",
    "psychotherapy": """
psychotherapy
psychotherapy add-on
therapy
psychotherapy component
psychotherapy part
psychotherapy portion
psychotherapy note
""",
    "topic": """
topic
theme
group topic
group theme
""",
    "mdm": """
problems
data reviewed
data
problems addressed
""",
}
HEADINGS = {name: section for section, names in reversed(_NAMES.items()) for name in names.strip().split("\n")}

LETTERS = {
    "SOAP": {"s": "subjective", "o": "objective", "a": "assessment", "p": "plan"},
    "DAP": {"d": "data", "a": "assessment", "p": "plan"},
    "BIRP": {"b": "behavior", "i": "intervention", "r": "response", "p": "plan"},
    "GIRP": {"g": "goal", "i": "intervention", "r": "response", "p": "plan"},
    "PIE": {"p": "data", "i": "intervention", "e": "evaluation"},
}

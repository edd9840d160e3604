"""Words and phrases by what they are a sign of: our own list, made for this product. ``*`` stands for any ending.

One phrase a line. A phrase may stand in several categories. Order does not matter.
"""

LEXICON = {
    "report": """
came because
came in
presenting with
per client
by her account
by his account
according to
admits
recount*
mutter*
identifies
noted that
worries
worried
saying
threaten*
report*
say
says
said
state
states
stated
describe*
complain*
c o
endorse*
feel
feels
felt
told
tells
share
shares
shared
spoke
talked
rate
rated
mention*
disclose*
""",
    "symptom": """
cry
weep*
spirits
desperate
brood*
knots
lump
paces
pacing
quarrels
worn out
pointless
hums
jumpy
off food
binges
hides
counting
jittery
keyed up
on edge
jumps
sweating
trembl*
palpitations
rumina*
distract*
apathy
apathetic
unmotivated
lethargic
low
down
blue
upset
frustrat*
resent*
ashamed
shame
embarrass*
jealous*
suspicious*
confus*
memory
procrastinat*
perfectionis*
compulsi*
rituals
hoarding
bing*
vomit*
laxatives
relaps*
withdrawal
cramps
chest pain
short of breath
shortness of breath
hyperventilat*
mania
elevated
euphori*
grandios*
hallucinat*
hears
delusion*
mistrust*
clingy
tantrum*
defian*
bedwetting
bullied
outburst*
aggress*
snapping
snaps
impatien*
napping
naps
oversleeping
no taste
weight
lost pounds
hurt
lost
loss
alone
abandon*
reject*
trauma*
triggered
triggers
dissatisf*
burn*
burned out
burnout
struggl*
difficult*
trouble
problems with
concern*
dysphoric
anhedonic
counting debts
neck pain
back pain
migraine*
fog*
mood
low mood
sad
sadness
depress*
anhedonia
nothing is fun
no interest
loss of interest
low interest
no drive
numb
empty
flat
gloom*
hopeless*
worthless*
guilt*
crying
cries
cried
tearful
tears
irritab*
anger
angry
yelled
rage
anxi*
worr*
panic*
dread
fear*
afraid
nervous
racing thoughts
racing heart
chest tight
tight chest
tension
tense
stress*
overwhelm*
overload
insomnia
sleep*
slept
awake
waking
nightmare*
tired*
fatigue*
exhaust*
low energy
no energy
cement legs
dragging
appetite
not eating
cannot eat
eat
eating
restricting
weight loss
weight gain
dizz*
headache*
nausea
pain
stomach ache*
shakes
shaking
shaky
startle*
hypervigilan*
flashback*
intrusive
avoid*
lonely
loneliness
isolat*
withdraw*
grief
griev*
bored
stuck
poor focus
poor concentration
concentrat*
forgetful
focus
racing
crav*
drank
drinking
urge*
voices
paranoi*
obsess*
checking
checks
clenching
jaw
ignoring
suicidal
cutting
restless*
overeating
purging
vapes
homesick
dissociat*
manic
impulsiv*
lost three
hit his
hit her
silence at meals
shouting
conflict
argu*
fight*
slammed doors
neglect*
heavy
mud
drowning
stopped caring
""",
    "mse": """
sullen
chatty
weathered
cheerful
flat affect
dull
dysphoric
irritability
distracted
talkative
lively
tidy
unshaven
hygiene
eye
gait
posture
tone
voice
low voice
tearfulness
upset
composed
distraught
despondent
animated
responsive
appropriate affect
thought form
denied hallucinations
attention
concentration
reality based
cognitively intact
intact
no acute distress
nad
wdwn
congruent
constricted
restricted
expansive
bright affect
tense
sad
tired
shaky
quiet
soft spoken
irritable
irritated
bright
brighter
appropriate
nervous
polite
frightened
jumpy
pale
gruff
loud
slow
slowed
oriented
orientation
a ox*
aox*
ox3
ox4
affect
eye contact
thought process*
thought content
thoughts organized
thoughts logical
thinking clear
clear thinking
speech
insight
judgment
judgement
well groomed
groomed
disheveled
dishevelled
unkempt
appearance
casually dressed
casual dress
neatly dressed
dressed
psychomotor
euthymic
dysthymic
labile
alert
cooperative
guarded
restless
fidget*
agitated
hypervigilant
blunted
tp linear
linear
coherent
logical
goal directed
mood
mental status
mse
oriented to
memory
cognition
attentive
hallucinat*
delusion*
psychosis
flat
tearful
slouched
pacing
anxious
neat
subdued
calm
""",
    "mse_strong": """
thought form
thought flow
thought content
presentation appropriate
appearance
speech
mood dysphoric
mood sad
mood anxious
mood depressed
mood low
cognitively intact
eye contact good
alert and
attention and
oriented
orientation
a ox*
aox*
affect
mental status
mse
eye contact
thought process*
thoughts organized
clear thinking
psychomotor
euthymic
dysthymic
insight
judgment
tp linear
""",
    "risk_self": """
si
suicid*
self harm*
self injur*
killing himself
killing herself
killing themselves
killing myself
kill himself
kill herself
kill themselves
harming herself
harming himself
harming themselves
harm herself
harm himself
harm themselves
hurting herself
hurting himself
hurting themselves
hurt herself
hurt himself
wanting to die
wants to die
wanted to die
want to die
wish to die
would not wake up
wish she were dead
better off dead
passive death wish
passive thoughts
passive ideation
passive si
reasons to live
urges to cut
urge to cut
c ssrs
cssrs
columbia suicide
safety concerns
danger to self
dts
jump off
overdose
goodbye
not safe at home
not waking up
not wake up
die in my sleep
end it all
ending it all
end his life
end her life
ending his life
ending her life
doing away with himself
doing away with herself
take his own life
take her own life
be dead
being dead
""",
    "risk_other": """
hi
homicid*
harming others
harming anyone
harm others
harm anyone
hurting others
hurting anyone
hurt anyone
hurt anybody
hurt others
harm the baby
thoughts of violence
violent thoughts
danger to others
dto
threats
""",
    "risk_level": """
risk remains
risk is low
low risk
moderate risk
high risk
risk level
risk low
no safety concerns
no risk
no acute risk
""",
    "safety_plan": """
safety plan*
stanley brown
crisis plan
crisis response plan
means restriction
means safety
lethal means
988
lock up
""",
    "domain": """
restaurant
orders
exam
parent meetings
breakfast
mornings
invoices
applications
boxes
guest room
plant
classroom
shower
showering
cooks
hosts
farm
fields
client's work
colleagues
coworkers
boss
supervisor
team
office work
sports
swim
team
coaching
music
hobby
hobbies
sleep schedule
eating
bill
debts
driver
license
travel
flying
errands
appointments
doctor
medication
pets
garden
yard
temple
mosque
community
volunteer*
siblings
brother
sister
grandchildren
grandparents
in laws
roommate
roommates
dorm
campus
teachers
homework
assignments
attendance
productivity
presenteeism
absenteeism
intimacy
sex
romantic
peers
play
daycare
preschool
caregiving
caregiver
day to day
daily life
daily functioning
employed
social life
conversation*
shifts
plates
brother
family shop
season
work
works
working
job*
career
promotion
shift*
bakery
office
desk
payroll
report*
deadline*
sick
employment
employer
business
school
class
classes
lecture*
student
exam*
midterm
grade*
course*
coursework
dropping out
math
band
training
studying
home
house
housework
household
chores
housekeeping
keeping house
laundry
cooking
cook
dishes
bills
rent
mail
phone service
electricity
landlord
apartment
shopping
shop
groceries
store
stores
family
families
kids
children
child
son
daughter
parent
parenting
mother
father
husband
wife
partner
spouse
marriage
marital
relationship*
dating
social
friends
friend
people
neighbors
neighbours
church
choir
gym
club
drive
driving
drives
bus
train
elevators
road
commute
self care
shower*
hygiene
daily living
activities
role
finances
relatives
aunt
visiting
weekends
alone
evenings
meals
practice
card nights
hours
guests
duties
wedding planning
physical therapy
tasks
flat
language
emails
custody
events
performance
interests
needs
himself
herself
""",
    "impair": """
put off
puts off
called off
calls off
missing the
drops
end in tears
has moved
not sent
has quit
not unpacked
standing up
no longer
does not
doesn't
did not
didn't
has not
hasn't
won't
will not
would not
barred
upset*
stops
stop
hinder*
reduced
reduces
less
fewer
decline*
deteriorat*
worsen*
compromis*
trouble
problems
troubles
slow
slower
delay*
delayed
postpon*
cancel*
cancelled
absent
absen*
tard*
disciplin*
probation
demot*
drop*
distract*
overwhelm*
exhaust*
wear*
burden*
tension
conflict*
arguing
argu*
tense
distant
estranged
separated
separating
separation
divorc*
lost interest
withdrawing
isolat*
hides
hiding
stays in
in bed
barely
unfinished
messy
unwashed
unable to
incapable
depend*
relies on
needs help
sick leave
disability
unemploy*
laid off
quit
evicted
homeless
debt*
unplanted
misses out
stopped going
afraid to
half time
part time
poor concentration
poor focus
leaves
short of
slept through
missing shifts
interfere*
impair*
limit*
affect
affects
affected
affecting
disrupt*
prevent*
keeps
keep
unable
cannot
can not
could not
not able
difficulty
struggl*
missed
misses
missing
skip
skips
skipped
late
behind
off work
off sick
on leave
medical leave
sick days
sick
called in
calls in
calling in
calling out
calls out
avoid
avoids
avoided
avoiding
withdrawn
withdrew
dropped
stopped
quit*
left
lost
lose
losing
costs
cost
strain*
straining
spill*
suspended
expelled
fired
written up
write ups
written warning
warning
complaint*
errors
mistakes
failing
fail
failed
slipping
down
undone
not working
not attending
not worked
has not worked
rarely
isolated
neglect*
pile up
unopened
turned down
does not open
does not leave
doesn't leave
embarrass*
hard to
hardly
too tired
too faint
refusal
refuses
rereads
near miss
makes him late
makes her late
unpaid
evict*
late fees
falls asleep
end in
ends in
lead to
leads to
fights
sleeps apart
eats alone
alone most
cut into
has cut
hours cut
takes up
fallen
off his hours
to half
half days
sent out
not cooking
not keeping
not doing
forgets
gave up
given up
short with
shouted
withdraws
cannot concentrate
quarrels
walked out
walked off
on the line
feeding
stress at
lost eight
stops her
stops him
""",
    "function_stated": """
functional decline
impaired role
role impairment
occupational impairment
social impairment
academic impairment
impairs functioning
impairs daily
interferes with daily
daily functioning
activities of daily living
level of functioning
gaf
not worked since
fxn
functioning at
functional impairment
functioning impaired
functioning is impaired
impaired functioning
impairment in functioning
functional impact
loss of functioning
loss of function
role functioning
social functioning
occupational functioning
academic functioning
impair self care
adls
unable to work
unable to attend
""",
    "intervention": """
hierarchy
first rung
food mood diary
mood diary
assertive
role plays
values sorting
rehearsal
decatastrophizing
decatastrophising
committed action
committed action worksheet
speaker listener
special time
worksheet
cost benefit analysis
pros and cons
thought stopping
cognitive distortions
core belief*
automatic thoughts
reality testing
reality orientation
guided discovery
habit reversal
response cost
behavior chart
sticker chart
contract
anger log
time out
boundary setting
boundaries work
limit setting
safety planning
wise mind
half smile
check the facts
build mastery
gratitude exercise
gratitude journal
self monitoring
mood log
mood tracking
mood chart
inner child
parts work
timeline work
trauma timeline
rescripting
containment exercise
butterfly hug
bilateral stimulation
vagal
yoga breathing
meditation
visualization
visualisation
hypnotherapy
bibliotherapy
music therapy
dance therapy
sandplay
therapeutic games
feelings chart
emotion wheel
family sculpting
circular questioning
miracle question
scaling question*
exception finding
reauthoring
unfinished business
dream work
free association
attachment based
attachment focused
mentalization
mentalisation
interpersonal process
person centered
person centred
client centered
unconditional positive
empathic listening
reflective statements
open ended questions
affirmations
change talk
stages of change
case management
crisis stabilization
cognitive remediation
social rhythm
light therapy
cope ahead
pleasurable thing
wheel of life
values
exposures
trauma processing
processed the
processing of
motivational
cognitive work
behavioral strategies
cognitive strategies
coping strategies
skills building
skill building
skills
cbt*
cognitive behavioral
cognitive behavioural
cognitive restructuring
cognitive reframing
cognitive reframe
reframing
reframe*
cognitive processing
cognitive defusion
cognitive skills
thought record*
thought log
thought challenging
downward arrow
socratic
behavioral activation
behavioural activation
ba
activity scheduling
activity schedule
activity monitoring
activity log
activity plan
activity hierarchy
pleasant activity
pleasant event*
graded task*
behavioral experiment
behavioural experiment
behavioral rehearsal
evidence log
evidence list
responsibility pie
probability estimates
worry time
worry tree
worry script
worry postponement
coping cards
coping card
coping plan
coping skill*
exposure
erp
response prevention
desensitization
desensitisation
interoceptive
imaginal
emdr
resourcing
calm place
cpt
impact statement
tf cbt
trauma focused
trauma narrative
prolonged exposure
adaptive disclosure
imagery rehearsal
irt
guided imagery
imagery
dbt
dialectical
distress tolerance
tipp
stop skill
radical acceptance
opposite action
dear man
chain analysis
diary card
emotion regulation
interpersonal effectiveness
urge surfing
please skill
act
acceptance and commitment
defusion
values card
values clarification
values exercise
values work
mindful*
body scan
breathing space
paced breathing
diaphragmatic
box breathing
breathing exercise*
taught breathing
breathing retraining
breathing practice
breathing techniques
relaxation
progressive muscle
pmr
grounding
self compassion
compassion focused
motivational interviewing
mi
decisional balance
developing discrepancy
solution focused
problem solving
interpersonal therapy
interpersonal psychotherapy
ipt
communication analysis
communication training
communication skills
role transition
role play*
assertiveness
social skills
social story
psychoeducation
psycho education
supportive therapy
cognitive therapy
behavioral therapy
behavioural therapy
family based treatment
family based therapy
fbt
supportive psychotherapy
supportive counseling
supportive counselling
psychodynamic
insight oriented
transference interpretation
interpretation of
narrative therapy
narrative
letter writing
life review
reminiscence
meaning centred
meaning centered
grief work
grief counseling
grief counselling
grief focus
continuing bonds
memory box
schema therapy
chair dialogue
empty chair
emotion focused
emotionally focused
eft
gottman
soft start up
four horsemen
structural family
strategic family
bowen*
genogram
de triangulation
family therapy
enactment
paradoxical
parent management
parent training
parenting skills
planned ignoring
positive reinforcement
token chart
play therapy
puppets
art therapy
drawing
sand tray
anger management
time out script
stress inoculation
sleep hygiene
sleep restriction
sleep window
stimulus control
relapse prevention
contingency management
twelve step facilitation
somatic experiencing
pendulation
titrated
biofeedback
hypnosis
journaling
externalizing
externalising
normalising
normalizing
cbtp
testing the belief
crisis intervention
crisis counselling
crisis counseling
de escalation
de escalat*
strengths based
reflective listening
active listening
validation
validated
skills training
open weighing
regular eating
rehearsed
modeling
modelling
internal family systems
ifs
somatic
tapping
harm reduction
""",
    "response": """
grumbled
grinned
hugged
filled
got through
came up with
said it
more settled
asked for the
began to
able to
was able
appeared
seemed
showed
demonstrated
displayed
expressed
reflected
recognized
recognised
realized
realised
acknowledged
admitted
committed
completed
declined
refused
struggled
welcomed
embraced
rejected
hesitated
paused
stopped crying
breathed
leaned
opened up
shut down
withdrew
avoided
questioned
challenged
connected
learned
learnt
voiced
stated that
reported feeling
reported that it
reported the
felt that
rated it
score
worked through
followed
cooperated
tolerating
benefited
benefitted
gained
increase in
decrease in
decreased
increased
lowered
reduced
improved
processed
explored
brainstormed
contributed
considered
contemplated
planned
filled it
got it
light up
lit up
joked
teased
whispered
shared that it
calming
helping
managed
responds
respon*
receptive
engaged
engaging
tolerated
tolerate
endured
participated
practiced
practised
practiced once
tried
try it
verbalized
verbalised
identified
agreed
agreeable
accepted
resistant
resisted
reluctant
hesitant
skeptical
sceptical
ambivalent
willing
open to
was open
motivated
eager
rated
calmed
calmer
calm down
relieved
relief
relaxed
smiled
smiling
laughed
laugh*
giggled
chuckled
cried
wept
teared
tearful
shook
steadied
proud
pride
pleased
surprised
surprise
curious
interested
grateful
thanked
liked
chose
picked
found
finds
helped
helpful
noticed
named
generated
wrote
offered
moved
touched
felt
lighter
stronger
better
hopeful
supported
understood
softened
sighed
nodded
commented
doubtful
doubted
thoughtful
amused
looser
dropped
slowed
slower
anxiety peaked
distress rose
distress dropped
fell to
went from
falling from
decided
volunteered
received feedback
repaired
snapped
argued
mocked
corrected
rolled
shrugged
exhaled
warmed
steadied
encouraged
enjoyed
did well
asked for
asked to
asked questions
asked
put
eased
settled
cooperative
understanding
insight into
took notes
more confident
ready
bored
sounded
moved from
earned
listened
read
drew
used it
scared
nodded
became calm
became calmer
became
at ease
held hands
""",
    "care": """
psychotherapeutic
outpatient
services
service
intervention
interventions
support
weekly
appointments
level
frequency
ongoing
continued
clinical
therapy
psychotherapy
treatment
treatments
session
sessions
care
tx
cpt
erp
emdr
irt
dbt
cbt
cbtp
cbt i
pharmacotherapy
exposure
counseling
counselling
work
visits
couple work
hour
longer contact
longer time
extra time
""",
    "need": """
neccessary
necesary
neccesary
needing
necessitat*
medically
beneficial
benefit from
would benefit
support continued
supports continued
continue to need
crucial
vital
due to the severity
necessary
need
needed
needs
require
required
requires
indicated
warrant*
justif*
essential
appropriate
recommended due
""",
    "necessity": """
without continued
without ongoing
without weekly
without treatment
without therapy
without care
without further
clinically indicated
standard of care
clinically significant
in the absence of treatment
absent treatment
meets medical
at risk of decompensation
risk of relapse
prevent deterioration
prevent further
to prevent
medical necessity
medically necessary
medically neccessary
medically necesary
med nec
clinically necessary
meet criteria
meets criteria
meets full criteria
meet full criteria
symptoms meet
level of care
prevent hospitalization
prevent relapse
prevent decompensation
would worsen
would likely
to avoid relapse
""",
    "progress": """
moved
moving
increased
decreased
reduced
maintained
maintaining
sustained
ongoing
stalled
setback
relapse*
tried
managed
succeeded
practiced
practised
started
began
finished
stuck
steady
toward
towards
closer
working on
reports using
able to
nights
times
weeks
daily
every day
zero
several
most
few
goal met
in progress
continues
progress*
improv*
better
met
not met
partially met
unmet
achieved
accomplished
completed
reached
attained
done
did so
no change
unchanged
regress*
worse
declin*
plateau*
down from
up from
once this week
twice this week
this week
once
twice
none
half
attended
drafted
ready
sent
held
planned
calmer
called the
days
mornings
rating* down
slight
some
minimal
not yet
met yet
used once
est
contacted
kept
shared
bills a
went
nearer
closer than
on the way
some movement
no movement
moving slowly
slow gain
small gain
a bit forward
half way
halfway
on track
edging towards
a start
partial
slipped back
further along
""",
    "next": """
week from
two weeks
see 3
back on
back in
follows up
schedule
scheduled
session scheduled
reconvene
resume
until next
booked
will practice
will practise
will try
will complete
will continue
will attend
will schedule
will bring
will write
will read
to practice
to complete
plan is to
plan to meet
sessions twice
biweekly
every other week
next session
next appointment
next appt
next visit
next week
next wk
next time
next group
next month
next wednesday
next tuesday
next thursday
next friday
next monday
return in
return to clinic
return next
rtc
f u
fu
follow up
see in
sees me again
see again
seen again
meet again
meet next
we will meet
session next
session 3
sessions continue
continue weekly
continue current
continue cbt
appointment tomorrow
see tomorrow
check in
call friday
reschedul*
discharge
referral
refer to
weekly sessions
will call
""",
    "homework": """
homework
hw
assigned
""",
    "old_homework": """
last week's homework
last week homework
did homework
homework reviewed
reviewed homework
homework completed
completed homework
did last
""",
    "tele": """
telehealth
telemedicine
teletherapy
video session
video visit
video call
by video
via video
video platform
joined by video
held by video
secure video
hipaa compliant video
simplepractice video
virtual session
virtual visit
virtually
online session
telephone session
phone session
phone call session
phone visit
telephone visit
audio only
by telephone
by phone
via phone
over the phone
audio video
doxy
zoom
webex
google meet
microsoft teams
vsee
on screen
camera on
""",
    "office": """
office
clinic
in person
face to face
center
centre
onsite
on site
pos 11
outpatient site
shelter
hospital
home visit
school based
at school
residence
facility
room 4
practice location
""",
    "platform": """
secure
hipaa
encrypted
doxy
zoom
webex
google meet
microsoft teams
vsee
simplepractice
therapynotes
headway
telephone session
telephone
phone session
phone call session
phone call
audio only
by phone
""",
    "consent": """
consent*
agreed to telehealth
agrees to telehealth
agreed to care by
agreed to video
agrees to video
agreed to phone
agreed to receive telehealth
""",
    "audio_reason": """
no video
internet
no other device
no device
device for video
prefers phone
prefers telephone
prefers audio
preferred phone
preference for phone
over video
declined video
declines video
unable to use video
video not available
video unavailable
video failed
video was not
no camera
no smartphone
no computer
connection
bandwidth
technology
technical
does not have video
without video
client's choice
""",
    "relative": """
mother
mom
father
dad
stepfather
stepmother
parents
parent
fianc
fiancee
husband
wife
partner
spouse
son
daughter
brother
sister
aunt
uncle
grandmother
grandfather
father in law
mother in law
in law
roommate
girlfriend
boyfriend
guardian
caregiver
sibling*
family members
staff member
friend
couple
""",
    "attended": """
present
attended
attendees
attendance
attending
participants
participated
in the room
joined
seen with
seen together
members present
in attendance
together
seen without
session with
client only
client alone
client and
with client
parents seen
with the client
was brought in by
""",
    "client_absent": """
without the client
without client
client not present
client was not present
client absent
client is at school
client at school
wife only
husband only
parents only
who is the client
""",
    "client_there": """
client and
client was present
client present
present client
client attended
with client
""",
    "individual": """
individual session
individually
one on one
individual therapy
individual psychotherapy
met alone
""",
    "family_session": """
family session
family therapy
family meeting held
conjoint
couples session
couple session
couples therapy
couple work
couples counseling
parents seen
client and partner attended
client and husband attended
client and wife attended
both partners
""",
    "group_session": """
group therapy
group psychotherapy
group session
process group
skills group
prevention group
grief group
group room
group theme
group topic
group led
led group
group leader
facilitator
members present
members attended
members participated
participants
all members
group treatment
""",
    "crisis_words": """
crisis
suicidal
goodbye
wants to die
acute
emergency
urgent*
danger
walked in
without an appointment
overdose
swallow*
jump off
mobile crisis
fire
""",
    "routine": """
routine
continue as planned
stressful week
pleasant
""",
    "precipitant": """
since
after
following
precipitant
triggered
yesterday
this morning
an hour ago
last night
called by
brought in
walked in
today
onset
""",
    "distress": """
distress*
agitat*
panic*
severe
overwhelming
hopeless*
sobbing
acute
desperate
terrified
shaking
high distress
""",
    "mobilised": """
called
brought in
notified
informed
alerted
involved
arranged
referred
urgent psychiatry
psychiatry
doctor
physician
er
ed
hospital
crisis line
text line
emergency contact
family will
friend will
neighbor will
988
crisis team
mobile crisis
lock up
locked
lock
removed from home
medication removed
means
emergency service*
psychiatric emergency
police
911
staff to check
support person
safety plan
contacted
hotline
called her
family notified
sister will
with roommate
""",
    "outcome": """
stabilized
stabilised
returned home
left with
discharge*
safe to go
transferred
ambulance
scheduled for
follow up tomorrow
next day
agreed to stay
remained
picked up by
disposition
outcome
went home
home with
stays at
admitted
hospitalized
transported
released
emergency department
discharged
appointment tomorrow
visit tomorrow
seen by
stay with
will be checked
""",
    "evaluation_words": """
evaluation
intake
diagnostic interview
initial assessment
diagnostic assessment
initial session
first session
first visit
new client
psychiatric history
""",
    "follow_up": """
follow up session
followup session
since last session
since last visit
homework reviewed
continued from
return visit
""",
    "h_psychiatric": """
psychiatric history
psychiatric hx
past psych*
psych hx
pph
history of mental health
mental health history
prior episode
prior treatment
previous therapy
treatment history
therapy history
""",
    "h_medical": """
medical history
medical hx
past medical
pmh
medical
medical conditions
health history
""",
    "h_family": """
family history
family hx
fhx
fh
family psychiatric
family
""",
    "h_social": """
social history
social hx
shx
social
developmental
psychosocial history
""",
    "h_substance": """
substance*
alcohol
drugs
drug use
cannabis
drinks
tobacco
""",
    "prognosis": """
prognosis
motivated
able to take part
able to engage
able to benefit
capable of benefiting
ability to respond
capacity to
likely to benefit
expected to respond
""",
    "initial_plan": """
initial plan
initial treatment plan
initial recommendations
recommendations
treatment plan initial
recommend*
weekly cbt
weekly therapy
weekly psychotherapy
start
refer*
begin
will begin
""",
    "factor_communication": """
maladaptive communication
high anxiety
high reactivity
repeated questions
disagreement
argued in
manage communication
conflict among
""",
    "factor_caregiver": """
caregiver emotion*
caregiver behavior
caregiver behaviour
caregiver interfer*
parent interfer*
caregiver's
divorced parents
""",
    "factor_sentinel": """
sentinel event
mandated report*
child protective
adult protective
cps
aps
report to state
""",
    "factor_play": """
play equipment
play materials
physical devices
toys
puppets
cannot express
could not express
has not developed
lost expressive
""",
    "factor_language": """
interpreter
translator
translation
interpreting
""",
    "topic": """
topic
theme
focus of group
group focused on
subject
group discussed
discussion of
""",
    "client_part": """
client shared
client said
client told
client offered
client volunteered
client read
client participated
client spoke
client discussed
client described
client listened
client gave
client received
client role
patient shared
""",
    "benefit": """
helps the client
help the client
treats the client
treat the client
supports the client
benefits the client
benefit the client
benefit of the client
benefit to the client
client's benefit
treats client
supports client
helps client
so that the client
trigger*
reinforced
maintain*
worsens client
worsens the client
client's depression
client's symptoms
client's treatment
client's avoidance
client's anxiety
client s
identified patient
identified client
""",
    "tool": """
phq 9
phq9
gad 7
gad7
pcl 5
pcl5
epds
audit
asrs
mdq
vanderbilt
cssrs
c ssrs
bdi
bai
scared
ces d
dast
psc 17
asq
moca
ybocs
y bocs
""",
    "drug": """
sertraline
zoloft
fluoxetine
prozac
escitalopram
lexapro
citalopram
celexa
paroxetine
paxil
fluvoxamine
venlafaxine
effexor
desvenlafaxine
duloxetine
cymbalta
bupropion
wellbutrin
mirtazapine
remeron
trazodone
vortioxetine
vilazodone
amitriptyline
nortriptyline
lithium
lamotrigine
lamictal
valpro*
depakote
carbamazepine
oxcarbazepine
topiramate
quetiapine
seroquel
olanzapine
zyprexa
aripiprazole
abilify
risperidone
risperdal
ziprasidone
lurasidone
latuda
cariprazine
clozapine
haloperidol
paliperidone
methylphenidate
ritalin
concerta
amphetamine
adderall
lisdexamfetamine
vyvanse
atomoxetine
guanfacine
clonidine
alprazolam
xanax
lorazepam
ativan
clonazepam
klonopin
diazepam
buspirone
hydroxyzine
propranolol
prazosin
gabapentin
pregabalin
zolpidem
naltrexone
acamprosate
buprenorphine
suboxone
methadone
disulfiram
esketamine
no medication
no medications
""",
    "drug_effect": """
side effect*
adverse
tolerat*
tremor
sweating
dizz*
rash
constipat*
drows*
warned
warning given
warnings
risks and benefits
nausea
sedation
activation
grogginess
dry mouth
weight gain
gi
thirst
effective
partial response
response to
benefit from
improved on
""",
    "mdm_problem": """
problem
problems
chronic
acute
exacerbation
not at goal
stable
worsening
improving
improved
uncontrolled
remission
""",
    "mdm_data": """
gad 7
data
labs
lab
reviewed
phq 9
tsh
cbc
spoke with
pcp
lipid
records
registry
pdmp
prescription monitoring
""",
    "mdm_risk": """
prescription drug
drug management
rx management
medication management
risk prescription
high risk medication
moderate risk
low to moderate risk
risk moderate
risk of the treatment
""",
    "interpreter": """
interpreter
interpreting
interpreted
translator
""",
    "late_label": """
late entry
late note
delayed entry
entered late
""",
    "late_reason": """
because
due to
reason
owing to
as a result
outage
illness
emergency
""",
    "cosign": """
co signed
cosigned
co sign*
cosign*
countersigned
supervisor
supervising
supervised by
reviewed and
""",
    "addendum": """
addendum
addend*
""",
}

# In no phrase, but in many notes: recognised under the noise of a scan.
COMMON = """denies
denied
provider
client
patient
reports
reported
progress
office
note
session
continued
weekly
time
date
location
provider
sleep
low
work
find
found
goal
thoughts
practiced
willing
daily
two
full
problem
problems
constant"""

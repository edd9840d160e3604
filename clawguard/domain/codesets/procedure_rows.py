"""The procedure codes of outpatient behavioural health, one row each. Labels are our own; AMA descriptors are not used.

Columns, ``-`` where nothing applies: code | our label | kind | ``+`` for an add-on | what its time means | least
minutes | most minutes | minutes per unit | setting | client ``in`` or ``out`` of the room | prescriber only | who may
bill | largest group | ``Y`` time must be documented, ``T`` total time | units a day | unit rule (MAI) |
first day | last day.

Sources: CMS NCCI practitioner tables of 2024-07-01 (units, MAI, parents), Novitas psychotherapy billing (tiers),
BCBS Illinois psychotherapy policy (crisis), the general CPT midpoint rule (family work and 15-minute units).

First and last days are those of the code set. The years of change: 2013 evaluations and therapy (American Psychiatric
Association), 2019 testing and ABA (APA Services, ABA Coding Coalition), 2020 health-behaviour work (APA Services), 2018
care of a month, 2021 and 2023 visits and prolonged time, 2025 telemedicine (AAFP). No first day: the code is older than
any session that is asked about, or its first day is not confirmed. Codes that ended have rows of the kind ``deleted``,
so that a session before their end is not told that they are unknown.
"""

ROWS = """
90785|Interactive complexity, added to a service|interactive_complexity|+|-|-|-|-|individual|in|-|any|-|-|3|3|2013-01-01|-
90791|Diagnostic evaluation|diagnostic_eval|-|-|16|-|-|individual|in|-|any|-|-|1|3|2013-01-01|-
90792|Diagnostic evaluation with medical work|diagnostic_eval|-|-|16|-|-|individual|in|Y|rx|-|-|1|3|2013-01-01|-
90832|Individual therapy, 30 tier|therapy|-|face|16|37|-|individual|in|-|any|-|Y|2|3|2013-01-01|-
90833|Therapy beside a visit, 30 tier|therapy_add_on|+|face|16|37|-|individual|in|Y|rx|-|Y|2|3|2013-01-01|-
90834|Individual therapy, 45 tier|therapy|-|face|38|52|-|individual|in|-|any|-|Y|2|3|2013-01-01|-
90836|Therapy beside a visit, 45 tier|therapy_add_on|+|face|38|52|-|individual|in|Y|rx|-|Y|2|3|2013-01-01|-
90837|Individual therapy, 60 tier|therapy|-|face|53|-|-|individual|in|-|any|-|Y|2|3|2013-01-01|-
90838|Therapy beside a visit, 60 tier|therapy_add_on|+|face|53|-|-|individual|in|Y|rx|-|Y|2|3|2013-01-01|-
90839|Crisis therapy, first block|crisis|-|day|30|74|-|individual|in|-|any|-|Y|1|2|2013-01-01|-
90840|Crisis therapy, each next 30 min|crisis_add_on|+|day|75|-|30|individual|in|-|any|-|Y|3|3|2013-01-01|-
90845|Psychoanalysis session|psychoanalysis|-|-|-|-|-|individual|in|-|any|-|-|1|2|-|-
90846|Family therapy without the client|family|-|face|26|-|-|family|out|-|any|-|Y|1|3|-|-
90847|Family therapy with the client|family|-|face|26|-|-|family|in|-|any|-|Y|1|3|-|-
90849|Several families as a group|multi_family_group|-|-|-|-|-|group|-|-|any|-|-|1|3|-|-
90853|Group therapy|group|-|-|-|-|-|group|in|-|any|12|-|1|3|-|-
90863|Medication work added to therapy|pharm_add_on|+|-|-|-|-|individual|in|Y|rxpsy|-|-|1|3|2013-01-01|-
90865|Interview under medication|other|-|-|-|-|-|individual|in|Y|rx|-|-|1|3|-|-
90867|TMS, first|other|-|-|-|-|-|individual|in|Y|rx|-|-|1|2|2011-01-01|-
90868|TMS, following|other|-|-|-|-|-|individual|in|Y|rx|-|-|2|3|2011-01-01|-
90869|TMS, new threshold|other|-|-|-|-|-|individual|in|Y|rx|-|-|2|3|2012-01-01|-
90870|ECT|other|-|-|-|-|-|individual|in|Y|rx|-|-|2|3|-|-
90880|Hypnotherapy|other|-|-|-|-|-|individual|in|-|any|-|-|1|3|-|-
90875|Biofeedback with therapy, 30 tier|biofeedback_psych|-|face|16|37|-|individual|in|-|any|-|-|1|3|-|-
90876|Biofeedback with therapy, 45 tier|biofeedback_psych|-|face|38|-|-|individual|in|-|any|-|-|0|3|-|-
90882|Work with a client's surroundings|non_face_to_face|-|-|-|-|-|individual|-|-|any|-|-|0|3|-|-
90885|Reading records|non_face_to_face|-|-|-|-|-|individual|-|-|any|-|-|0|3|-|-
90887|Explaining results to others|non_face_to_face|-|-|-|-|-|individual|-|-|any|-|-|0|3|-|-
90889|Writing a report|non_face_to_face|-|-|-|-|-|individual|-|-|any|-|-|0|3|-|-
90899|Psychiatric service without own code|unlisted|-|-|-|-|-|individual|in|-|any|-|-|1|3|-|-
99202|Office visit, new client, level 2|em_new|-|visit|15|-|-|individual|in|Y|rx|-|-|1|2|-|-
99203|Office visit, new client, level 3|em_new|-|visit|30|-|-|individual|in|Y|rx|-|-|1|2|-|-
99204|Office visit, new client, level 4|em_new|-|visit|45|-|-|individual|in|Y|rx|-|-|1|2|-|-
99205|Office visit, new client, level 5|em_new|-|visit|60|-|-|individual|in|Y|rx|-|-|1|2|-|-
99211|Office visit, known client, staff|em_est|-|-|-|-|-|individual|in|Y|rx|-|-|1|3|-|-
99212|Office visit, known client, level 2|em_est|-|visit|10|-|-|individual|in|Y|rx|-|-|2|3|-|-
99213|Office visit, known client, level 3|em_est|-|visit|20|-|-|individual|in|Y|rx|-|-|2|3|-|-
99214|Office visit, known client, level 4|em_est|-|visit|30|-|-|individual|in|Y|rx|-|-|2|3|-|-
99215|Office visit, known client, level 5|em_est|-|visit|40|-|-|individual|in|Y|rx|-|-|1|3|-|-
99417|Prolonged office visit, each 15 min|prolonged_em|+|total|-|-|15|individual|in|Y|rx|-|-|6|3|2021-01-01|-
G2212|Prolonged visit for Medicare, each 15 min|prolonged_em|+|total|-|-|15|individual|in|Y|rx|-|-|6|3|2021-01-01|-
99441|Prescriber phone visit, 5-10 min|phone_em|-|talk|5|10|-|individual|in|Y|rx|-|-|1|2|2008-01-01|2024-12-31
99442|Prescriber phone visit, 11-20 min|phone_em|-|talk|11|20|-|individual|in|Y|rx|-|-|1|2|2008-01-01|2024-12-31
99443|Prescriber phone visit, 21-30 min|phone_em|-|talk|21|30|-|individual|in|Y|rx|-|-|1|2|2008-01-01|2024-12-31
98966|Therapist phone visit, 5-10 min|phone_nonphysician|-|talk|5|10|-|individual|in|-|any|-|-|1|2|2008-01-01|-
98967|Therapist phone visit, 11-20 min|phone_nonphysician|-|talk|11|20|-|individual|in|-|any|-|-|1|2|2008-01-01|-
98968|Therapist phone visit, 21-30 min|phone_nonphysician|-|talk|21|30|-|individual|in|-|any|-|-|1|2|2008-01-01|-
98000|Video visit, new client, level 2|telemedicine_em|-|visit|15|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98001|Video visit, new client, level 3|telemedicine_em|-|visit|30|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98002|Video visit, new client, level 4|telemedicine_em|-|visit|45|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98003|Video visit, new client, level 5|telemedicine_em|-|visit|60|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98004|Video visit, known client, level 2|telemedicine_em|-|visit|10|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98005|Video visit, known client, level 3|telemedicine_em|-|visit|20|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98006|Video visit, known client, level 4|telemedicine_em|-|visit|30|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98007|Video visit, known client, level 5|telemedicine_em|-|visit|40|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98008|Audio visit, new client, level 2|telemedicine_em|-|visit|15|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98009|Audio visit, new client, level 3|telemedicine_em|-|visit|30|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98010|Audio visit, new client, level 4|telemedicine_em|-|visit|45|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98011|Audio visit, new client, level 5|telemedicine_em|-|visit|60|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98012|Audio visit, known client, level 2|telemedicine_em|-|visit|10|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98013|Audio visit, known client, level 3|telemedicine_em|-|visit|20|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98014|Audio visit, known client, level 4|telemedicine_em|-|visit|30|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98015|Audio visit, known client, level 5|telemedicine_em|-|visit|40|-|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
98016|Short virtual check-in|virtual_check_in|-|talk|5|10|-|individual|in|Y|rx|-|-|-|-|2025-01-01|-
G2012|Short virtual check-in, older code|virtual_check_in|-|talk|5|10|-|individual|in|Y|rx|-|-|1|3|2019-01-01|2024-12-31
96127|Short scored questionnaire|screening|-|-|-|-|-|individual|-|-|any|-|-|3|3|2015-01-01|-
96110|Developmental screening questionnaire|screening|-|-|-|-|-|individual|in|-|any|-|-|3|3|-|-
96130|Psychological test evaluation, first hour|testing|-|total|31|-|60|individual|in|-|testing|-|T|1|2|2019-01-01|-
96131|Psychological test evaluation, next hour|testing_add_on|+|total|91|-|60|individual|in|-|testing|-|T|7|3|2019-01-01|-
96132|Neuropsychological test evaluation, first hour|testing|-|total|31|-|60|individual|in|-|testing|-|T|1|2|2019-01-01|-
96133|Neuropsychological test evaluation, next hour|testing_add_on|+|total|91|-|60|individual|in|-|testing|-|T|7|3|2019-01-01|-
96136|Giving tests, professional, first 30 min|testing|-|total|16|-|30|individual|in|-|testing|-|T|1|2|2019-01-01|-
96137|Giving tests, professional, next 30 min|testing_add_on|+|total|46|-|30|individual|in|-|testing|-|T|11|3|2019-01-01|-
96138|Giving tests, technician, first 30 min|testing|-|total|16|-|30|individual|in|-|testing|-|T|1|2|2019-01-01|-
96139|Giving tests, technician, next 30 min|testing_add_on|+|total|46|-|30|individual|in|-|testing|-|T|11|3|2019-01-01|-
96116|Neurobehavioral status, first hour|testing|-|total|31|-|60|individual|in|-|testing|-|-|1|2|2006-01-01|-
96121|Neurobehavioral status, next hour|testing_add_on|+|total|91|-|60|individual|in|-|testing|-|-|3|3|2019-01-01|-
96112|Developmental test, first hour|testing|-|total|31|-|60|individual|in|-|testing|-|-|1|2|2019-01-01|-
96113|Developmental test, next 30 min|testing_add_on|+|total|76|-|30|individual|in|-|testing|-|-|6|3|2019-01-01|-
96146|One automated test|testing|-|-|-|-|-|individual|in|-|testing|-|-|1|2|2019-01-01|-
96156|Health-behavior assessment|hbai|-|-|-|-|-|individual|in|-|any|-|-|1|3|2020-01-01|-
96158|Health-behavior work, one client, first 30 min|hbai|-|face|16|-|30|individual|in|-|any|-|Y|1|2|2020-01-01|-
96159|Health-behavior work, one client, next 15 min|hbai_add_on|+|face|38|-|15|individual|in|-|any|-|Y|4|3|2020-01-01|-
96164|Health-behavior work, group, first 30 min|hbai|-|face|16|-|30|group|in|-|any|-|Y|1|2|2020-01-01|-
96165|Health-behavior work, group, next 15 min|hbai_add_on|+|face|38|-|15|group|in|-|any|-|Y|6|3|2020-01-01|-
96167|Health-behavior work, family and client, first 30 min|hbai|-|face|16|-|30|family|in|-|any|-|Y|1|2|2020-01-01|-
96168|Health-behavior work, family and client, next 15 min|hbai_add_on|+|face|38|-|15|family|in|-|any|-|Y|6|3|2020-01-01|-
96170|Health-behavior work, family alone, first 30 min|hbai|-|face|16|-|30|family|out|-|any|-|Y|1|3|2020-01-01|-
96171|Health-behavior work, family alone, next 15 min|hbai_add_on|+|face|38|-|15|family|out|-|any|-|Y|2|3|2020-01-01|-
97151|ABA assessment, professional|aba|-|face|8|-|15|individual|in|-|bcba|-|Y|8|3|2019-01-01|-
97152|ABA assessment, technician|aba|-|face|8|-|15|individual|in|-|rbt|-|Y|16|3|2019-01-01|-
97153|ABA treatment, technician|aba|-|face|8|-|15|individual|in|-|rbt|-|Y|32|3|2019-01-01|-
97154|ABA group, technician|aba|-|face|8|-|15|group|in|-|rbt|8|Y|18|3|2019-01-01|-
97155|ABA protocol change, professional|aba|-|face|8|-|15|individual|in|-|bcba|-|Y|24|3|2019-01-01|-
97156|ABA family guidance|aba|-|face|8|-|15|family|-|-|bcba|-|Y|16|3|2019-01-01|-
97157|ABA guidance, several families|aba|-|face|8|-|15|group|out|-|bcba|8|Y|16|3|2019-01-01|-
97158|ABA group, professional|aba|-|face|8|-|15|group|in|-|bcba|8|Y|16|3|2019-01-01|-
0362T|ABA team assessment|aba|-|face|8|-|15|individual|in|-|bcba|-|Y|16|3|2014-07-01|-
0373T|ABA team treatment|aba|-|face|8|-|15|individual|in|-|bcba|-|Y|24|3|2014-07-01|-
99408|Substance-use talk, 15-30 min|sbirt|-|face|15|30|-|individual|in|Y|rx|-|-|0|3|2008-01-01|-
99409|Substance-use talk, over 30 min|sbirt|-|face|31|-|-|individual|in|Y|rx|-|-|0|3|2008-01-01|-
G0396|Substance-use talk for Medicare, 15-30 min|sbirt|-|face|15|30|-|individual|in|-|any|-|-|1|2|2008-01-01|-
G0397|Substance-use talk for Medicare, over 30 min|sbirt|-|face|31|-|-|individual|in|-|any|-|-|1|2|2008-01-01|-
G2011|Substance-use talk for Medicare, 5-14 min|sbirt|-|face|5|14|-|individual|in|-|any|-|-|1|2|-|-
G0444|Yearly depression screening|screening|-|face|5|15|-|individual|in|-|any|-|-|1|2|-|-
99484|Behavioral-health integration, month|bhi_month|-|month|20|-|-|individual|in|-|any|-|-|1|2|2018-01-01|-
G0323|Behavioral-health integration by a therapist, month|bhi_month|-|month|20|-|-|individual|in|-|any|-|-|1|2|2023-01-01|-
99492|Collaborative care, first month|cocm_month|-|month|36|-|70|individual|in|-|any|-|-|1|2|2018-01-01|-
99493|Collaborative care, later month|cocm_month|-|month|31|-|60|individual|in|-|any|-|-|1|2|2018-01-01|-
99494|Collaborative care, next 30 min|cocm_month|+|month|16|-|30|individual|in|-|any|-|-|4|3|2018-01-01|-
G2214|Collaborative care, 30 min of a month|cocm_month|-|month|16|-|30|individual|in|-|any|-|-|1|2|2021-01-01|-
G0017|Crisis therapy out of office, first block|crisis|-|day|30|74|-|individual|in|-|any|-|Y|-|-|2024-01-01|-
G0018|Crisis therapy out of office, next 30 min|crisis_add_on|+|day|75|-|30|individual|in|-|any|-|Y|-|-|2024-01-01|-
G0560|Safety planning, each 20 min|safety_planning|-|face|11|-|20|individual|in|-|any|-|Y|-|-|2025-01-01|-
G0544|Calls after discharge, month|follow_up_contact|-|month|-|-|-|individual|in|-|any|-|-|-|-|2025-01-01|-
G0552|Digital device, supply|device|-|month|-|-|-|individual|in|-|any|-|-|-|-|2025-01-01|-
G0553|Digital device, first 20 min|device|-|month|-|-|-|individual|in|-|any|-|-|-|-|2025-01-01|-
G0554|Digital device, next 20 min|device|-|month|-|-|-|individual|in|-|any|-|-|-|-|2025-01-01|-
G0410|Partial-hospital group|php_group|-|-|-|-|-|group|in|-|any|-|-|4|3|-|-
G0411|Partial-hospital group, interactive|php_group|-|-|-|-|-|group|in|-|any|-|-|4|3|-|-
H0001|State: substance-use assessment|state|-|state|-|-|-|individual|in|-|state|-|Y|-|-|-|-
H0002|State: admission screening|state|-|state|-|-|-|individual|in|-|state|-|Y|-|-|-|-
H0004|State: counseling, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H0005|State: substance-use group|state|-|state|-|-|-|group|in|-|state|-|Y|-|-|-|-
H0015|State: intensive outpatient, substance use|state|-|state|-|-|-|program|in|-|state|-|Y|-|-|-|-
H0031|State: assessment|state|-|state|-|-|-|individual|in|-|state|-|Y|-|-|-|-
H0032|State: plan writing|state|-|state|-|-|-|individual|in|-|state|-|Y|-|-|-|-
H0034|State: medication support, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H0035|State: partial hospital|state|-|state|-|-|-|program|in|-|state|-|Y|-|-|-|-
H0036|State: community support, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H0038|State: peer support, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H2010|State: medication services, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H2011|State: crisis, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H2012|State: day treatment, hour|state|-|state|-|-|60|program|in|-|state|-|Y|-|-|-|-
H2014|State: skills training, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H2015|State: community support, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H2017|State: rehabilitation, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H2019|State: behavioral services, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
H2021|State: wrap-around, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
S9480|State: intensive outpatient|state|-|state|-|-|-|program|in|-|state|-|Y|-|-|-|-
S9484|State: crisis, hour|state|-|state|-|-|60|individual|in|-|state|-|Y|-|-|-|-
S9485|State: crisis, day|state|-|state|-|-|-|program|in|-|state|-|Y|-|-|-|-
T1016|State: case management, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
T1017|State: targeted case management, 15 min|state|-|state|8|-|15|individual|in|-|state|-|Y|-|-|-|-
99354|Prolonged service, first hour, ended|deleted|+|-|-|-|-|individual|in|-|any|-|-|-|-|-|2022-12-31
99355|Prolonged service, next 30 min, ended|deleted|+|-|-|-|-|individual|in|-|any|-|-|-|-|-|2022-12-31
90801|Evaluation before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90802|Evaluation before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90804|Therapy before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90805|Therapy before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90806|Therapy before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90807|Therapy before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90808|Therapy before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90809|Therapy before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90857|Group before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90862|Medication management before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90810|Therapy with complexity before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90811|Therapy with complexity before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90812|Therapy with complexity before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90813|Therapy with complexity before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90814|Therapy with complexity before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90815|Therapy with complexity before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90816|Therapy in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90817|Therapy in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90818|Therapy in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90819|Therapy in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90821|Therapy in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90822|Therapy in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90823|Therapy with complexity in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90824|Therapy with complexity in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90826|Therapy with complexity in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90827|Therapy with complexity in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90828|Therapy with complexity in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
90829|Therapy with complexity in a facility before 2013|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2012-12-31
96101|Psychological test before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2006-01-01|2018-12-31
96102|Psychological test before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2006-01-01|2018-12-31
96103|Psychological test before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2006-01-01|2018-12-31
96118|Neuropsychological test before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2006-01-01|2018-12-31
96119|Neuropsychological test before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2006-01-01|2018-12-31
96120|Neuropsychological test before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2006-01-01|2018-12-31
96111|Developmental test before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2018-12-31
0359T|ABA assessment before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0360T|ABA observation before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0361T|ABA observation, next part before 2019|deleted|+|-|-|-|-|individual|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0363T|ABA team assessment, next part before 2019|deleted|+|-|-|-|-|individual|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0364T|ABA treatment before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0365T|ABA treatment, next part before 2019|deleted|+|-|-|-|-|individual|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0366T|ABA group before 2019|deleted|-|-|-|-|-|group|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0367T|ABA group, next part before 2019|deleted|+|-|-|-|-|group|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0368T|ABA protocol change before 2019|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0369T|ABA protocol change, next part before 2019|deleted|+|-|-|-|-|individual|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0370T|ABA family guidance before 2019|deleted|-|-|-|-|-|family|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0371T|ABA guidance, several families before 2019|deleted|-|-|-|-|-|group|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0372T|ABA social skills group before 2019|deleted|-|-|-|-|-|group|in|-|any|-|-|-|-|2014-07-01|2018-12-31
0374T|ABA team treatment, next part before 2019|deleted|+|-|-|-|-|individual|in|-|any|-|-|-|-|2014-07-01|2018-12-31
96150|Health-behavior assessment before 2020|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2002-01-01|2019-12-31
96151|Health-behavior assessment before 2020|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2002-01-01|2019-12-31
96152|Health-behavior work, one client, before 2020|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2002-01-01|2019-12-31
96153|Health-behavior work, group, before 2020|deleted|-|-|-|-|-|group|in|-|any|-|-|-|-|2002-01-01|2019-12-31
96154|Health-behavior work, family and client, before 2020|deleted|-|-|-|-|-|family|in|-|any|-|-|-|-|2002-01-01|2019-12-31
96155|Health-behavior work, family alone, before 2020|deleted|-|-|-|-|-|family|in|-|any|-|-|-|-|2002-01-01|2019-12-31
G0502|Collaborative care, first month, in 2017|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2017-01-01|2017-12-31
G0503|Collaborative care, later month, in 2017|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2017-01-01|2017-12-31
G0504|Collaborative care, next 30 min, in 2017|deleted|+|-|-|-|-|individual|in|-|any|-|-|-|-|2017-01-01|2017-12-31
G0507|Behavioral-health integration, month, in 2017|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|2017-01-01|2017-12-31
99201|Office visit, new client, level 1, ended|deleted|-|-|-|-|-|individual|in|-|any|-|-|-|-|-|2020-12-31
"""

_VISITS = """
99202 99203 99204 99205 99211 99212 99213 99214 99215 99221 99222 99223 99231 99232 99233 99234 99235 99236 99238 99239
99242 99243 99244 99245 99252 99253 99254 99255 99304 99305 99306 99307 99308 99309 99310 99315 99316 99341 99342 99344
99345 99347 99348 99349 99350 99441 99442 99443 98000 98001 98002 98003 98004 98005 98006 98007 98008 98009 98010 98011
98012 98013 98014 98015
"""

# Add-on code: the codes one of which must stand beside it. A parent counts on the days on which it is valid itself. The
# video and audio visits of 2025 are accepted as parents although the 2024 list could not name them: refusing them would
# accuse providers on an old list. 99417 also stands beside consultations, visits at home and the cognitive assessment
# since 2023 (CPT 2023, when 99354 ended), which is before the first day on which these rows answer.
PARENTS: dict[str, str] = {
    "90785": "90791 90792 90832 90833 90834 90836 90837 90838 90853 99441 99442 99443",
    "90833": _VISITS,
    "90836": _VISITS,
    "90838": _VISITS,
    "90840": "90839",
    "90863": "90832 90834 90837",
    "99417": "99205 99215 99245 99345 99350 99483 98003 98007 98011 98015",
    "G2212": "99205 99215 99483",
    "96121": "96116",
    "96113": "96112",
    "96131": "96130",
    "96133": "96132",
    "96137": "96136",
    "96139": "96138",
    "96159": "96158",
    "96165": "96164",
    "96168": "96167",
    "96171": "96170",
    "99494": "99492 99493",
    "G0018": "G0017",
}

# Codes of one service in order of their least time.
LADDERS = (
    "90832 90834 90837",
    "90833 90836 90838",
    "99202 99203 99204 99205",
    "99212 99213 99214 99215",
    "98000 98001 98002 98003",
    "98004 98005 98006 98007",
    "98008 98009 98010 98011",
    "98012 98013 98014 98015",
    "98966 98967 98968",
    "99441 99442 99443",
    "G2011 G0396 G0397",
)

"""Wordings for messages to providers. Each row: name, title, what it is for, and the five parts in their order."""

VERSION = "2026-11.2"

# Words that judge people instead of saying what was seen (patterns, matched as whole words).
HARSH = ("violations?", "violated", "fraud(?:ulent)?", "failed to", "failure to", "immediately", "guilty", "misconduct")

# name, meaning, and an example in which nothing is real
PLACEHOLDERS = (
    ("provider", "the provider's name", "Pat Example"),
    ("network", "the name of this network", "the network"),
    ("case", "the case as its title says: codes and day", "90837 · 18 Mar 2026"),
    ("session_day", "the day of the session", "Wed 18 Mar 2026"),
    ("codes", "the codes that were billed", "90837"),
    ("payer", "the payer's name", "Example Health"),
    (
        "findings",
        "what stands as seen, in the words written for providers",
        "- The session shows 47 minutes; 90837 starts at 53.",
    ),
    ("sources", "the sources of what was seen", "- Novitas, psychotherapy billing"),
    ("questions", "what is still missing that the provider can tell", "- When did the session start and end?"),
    ("policy", "the clause of the policy, as the provider reads it", "The code and the documented time differ."),
    ("answer_due", "the end of the answer time, on the provider's clock", "Thu 3 Dec, end of day (your time)"),
    ("reply_by", "by when a reply is useful: the answer time, then our decision", "Thu 3 Dec, end of day (your time)"),
    ("decide_by", "when we want to have decided, on the provider's clock", "Tue 8 Dec, end of day (your time)"),
    ("appeal_until", "the end of the time to appeal, on the provider's clock", "Fri 18 Dec, end of day (your time)"),
    ("amount", "what the decision proposes to pay or to recover", "$142.50"),
    ("rate", "the contracted rate of the session", "$142.50"),
    ("fee", "the fee or bill that a client disputes", "$75.00"),
)

_ASK_HERE = "If anything is unclear, ask here; a question costs you nothing."

ROWS = (
    (
        "times_needed",
        "Start and stop times",
        "The time that is documented does not show the code that was billed.",
        (
            "We are looking at {case}. This is what the session shows:\n{findings}",
            "It rests on:\n{sources}",
            (
                "Please send the start and stop times of that day, from your note or as a dated addendum. If another "
                "code fits better, tell us which one."
            ),
            "A reply by {reply_by} lets us weigh it before anything is decided.",
            "Without it we look at the times that we have. What comes later is still read. " + _ASK_HERE,
        ),
    ),
    (
        "note_needed",
        "The note of the session",
        "The documentation of the session is not on file, or does not show what was billed.",
        (
            "For {case} we do not have what would show the session as it was billed.",
            (
                "{payer} asks for documentation that supports {codes}; so do our guidelines, which you can read at any "
                "time in your portal."
            ),
            (
                "Please attach the progress note of {session_day}, with date, times and signature. No process notes "
                "and nothing about other clients, please."
            ),
            "A reply by {reply_by} lets us weigh it before anything is decided.",
            "Without it we look at what is on file. What comes later is still read. " + _ASK_HERE,
        ),
    ),
    (
        "code_question",
        "Does another code fit better",
        "Codes or their combination do not fit the facts of the session.",
        (
            "{codes} was billed for {session_day}. This is what we see:\n{findings}",
            "It rests on:\n{sources}",
            (
                "Please tell us whether the code is as you meant it. If so, say in a sentence what supports it; if "
                "not, name the code that fits."
            ),
            "A reply by {reply_by} lets us weigh it before anything is decided.",
            "Without it we look at the session and its note as they are. " + _ASK_HERE,
        ),
    ),
    (
        "place_question",
        "Where the session took place",
        "Place of service, modifier or the client's whereabouts do not fit together.",
        (
            "For {case} the place and the way of meeting do not fit together:\n{findings}",
            "It rests on:\n{sources}",
            (
                "Please tell us where the client was and how you met: in person, by video or by telephone. If our "
                "platform filled the place in for you, say so; then it is ours to put right."
            ),
            "A reply by {reply_by} lets us weigh it before anything is decided.",
            "Without it we look at what the session and its note say. " + _ASK_HERE,
        ),
    ),
    (
        "open_question",
        "One thing is still open",
        "An answer is there and something that the provider can tell is still missing.",
        (
            "Thank you for your answer about {case}. We have read it, and one thing is still open:\n{questions}",
            "Our proposal so far rests on this: {policy}",
            (
                "Please tell us what you know of it, and where it is written down if it is. If you do not know, say "
                "so; that helps, too."
            ),
            "We want to decide by {decide_by}; a reply before that is weighed.",
            "Without it people decide on what is there. Nothing that we cannot know is held against you. " + _ASK_HERE,
        ),
    ),
    (
        "answer_waits",
        "We have not heard from you",
        "The answer time runs, or is over, and nothing has come.",
        (
            "We wrote to you about {case} and have no answer yet.",
            "The notice is in this conversation, with what we saw and where it is written.",
            "Please answer here in a few words, or press “I have nothing to add”.",
            "The answer time ends {answer_due}.",
            "If we hear nothing, we look at what we have. An answer that comes later is kept, marked late and weighed "
            "like any other. " + _ASK_HERE,
        ),
    ),
    (
        "our_error",
        "The error was ours",
        "The facts show that the network caused it; the provider is to hear it at once.",
        (
            "About {case}: the error was ours, and we are sorry. {policy}",
            "Our own records show it, and our guidelines say what follows from it.",
            "There is nothing for you to do.",
            "We want to have decided by {decide_by}. You are paid your contracted rate, {rate}.",
            "Should anything about the payment not be as we say, tell us here and we look at it again.",
        ),
    ),
    (
        "payer_took_back",
        "The payer took money back",
        "A remittance took back what had been paid, and the provider is to know before anything is decided.",
        (
            "{payer} took back money that had been paid for {case}. Nothing has changed for you because of that.",
            "The payer's remittance says so; the reason it names is part of this case.",
            "If you know why the payer looks at this session otherwise, tell us here, and attach what shows it.",
            "A reply by {reply_by} lets us weigh it before anything is decided.",
            "Without it we ask the payer and decide on what is there. No payment is changed by this message. "
            + _ASK_HERE,
        ),
    ),
    (
        "fee_disputed",
        "A client disputes a fee",
        "The case came from a client's dispute and the provider's side is thin.",
        (
            "A client disputes a fee of {fee}. The case is {case}.",
            "The client's words and the policy in force on that day are on the page of the dispute.",
            (
                "Please tell us when the session was canceled and how, and attach what shows it: the policy that was "
                "agreed to, the booking, messages. You can also let the fee go."
            ),
            "A reply by {reply_by} lets us weigh it before anything is decided.",
            "Without it both sides are weighed as they stand. " + _ASK_HERE,
        ),
    ),
    (
        "appeal_heard",
        "Your appeal is being heard",
        "An appeal came in and the provider is to know how it goes on.",
        (
            "Your appeal about {case} arrived. Somebody who had no part in the decision looks at it.",
            "The decision, its clause and the facts it rests on are in this conversation.",
            "If there is something we have not seen yet, attach it here. Otherwise there is nothing for you to do.",
            "We want to answer by {decide_by}.",
            "Until then nothing changes. " + _ASK_HERE,
        ),
    ),
)

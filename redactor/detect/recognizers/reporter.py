"""Words that point to the reporter without a name, told by what is said of the reporter.

RSMo 210.109.3(3) keeps confidential the name "and any other personally identifiable information".
"""

from __future__ import annotations

from redactor.detect.recognizers.base import Pattern, RuleRecognizer, compiled

OCCUPATION = (
    r"(?:(?:school|ER|triage|night|home\s+health|hospital)\s+)?(?:nurse|secretary|counselor|social\s+worker|resource\s+officer)|"
    r"(?:(?:\w+[- ]grade|kindergarten|preschool|pre-k|head\s+start|homeroom|special\s+ed(?:ucation)?|art|music|PE|gym|math|reading|former|current)\s+)?(?:teacher|aide|para(?:professional)?|coach)|"
    r"(?:assistant\s+)?principal|bus\s+driver|daycare\s+(?:provider|worker|director)|babysitter|sitter|pediatrician|family\s+doctor|doctor|dentist|"
    r"therapist|pastor|youth\s+(?:pastor|minister)|landlord|(?:motel|desk|store|front\s+desk)\s+clerk|clerk|housekeeper|manager|cashier|mail\s+carrier|paramedic|EMT|caseworker|neighbor|neighbour"
)
KIN = (
    r"(?:(?:maternal|paternal|great|step|ex|half|former|late|older|younger)[- ])*(?:grand(?:mother|father|parent|ma|pa)|aunt|uncle|sister|brother|cousin|mother|father|"
    r"wife|husband|girlfriend|boyfriend|partner|stepmother|stepfather|godmother|godfather|roommate|friend|co-?worker)(?:-in-law)?"
)
WHOSE = r"(?:(?:the|a|an|his|her|their|my|this|child's|children's|mother's|father's|mom's|dad's|family's|victim's|[A-Z][a-z]+'s|the\s+(?:child|children|mother|father|family|victim)(?:'s|s'))\s+)"
PLACE = r"(?:\s+(?:of|at|to|for|from|on|in)\s+(?:the\s+)?(?:child|children|victim|mother|father|family|school|hospital|motel|apartment|building|ER|\w+\s+(?:school|hospital|clinic|motel)))?"
WHO = rf"(?:{WHOSE})?(?:{OCCUPATION}|{KIN}){PLACE}"
SOMEBODY = (
    r"(?:lad(?:y|ies)|wom[ae]n|m[ae]n|guy|people|neighbou?rs?|couple|girl|clerk|family|tenants?)"
)
WHERE = r"(?:upstairs|downstairs|next[ -]door|above(?:\s+(?:us|them|her|him))?|below(?:\s+(?:us|them|her|him))?|across\s+the\s+(?:hall|street|road|way)|down\s+the\s+(?:hall|street|road)|at\s+the\s+(?:front\s+)?desk|over\s+the\s+fence)"
NO_REPORTER = r"[^\n]{0,60}\b(?:alleged|perpetrator|victim|child(?:'s)?[ ]name|mother|father|household|narrative|collateral|principals?)\b"
RP = r"(?:\bRP\b|\brptr\b|\breporter\b|\breporting\s+(?:party|person)\b|\bcaller\b|\bhotline\s+caller\b|\bcomplainant\b|\bR/P\b)"


class ReporterRecognizer(RuleRecognizer):
    """Job, relation and place of the reporter, and the family's own guesses."""

    words = ("reporter", "caller", "hotline")
    patterns = (
        Pattern(
            "what the reporter is",
            "indirect_text",
            compiled(
                rf"{RP}\s+(?:is|was|identified\s+(?:herself|himself|themselves|self)\s+as|who\s+is|stated\s+(?:she|he|they)\s+(?:is|was|are)|says\s+(?:she|he)\s+is|works\s+as|,)\s*(?P<it>{WHO})\b"
            ),
            0.8,
        ),
        Pattern(
            "in apposition to the reporter",
            "indirect_text",
            compiled(
                rf"{RP},\s+(?P<it>(?:who\s+(?:lives|works|rents|stays|sits|keeps|teaches|drives)\b[^.,;\n]{{3,60}}|{WHO}))"
            ),
            0.8,
        ),
        Pattern(
            "field of relation",
            "indirect_text",
            compiled(
                rf"(?:reporter'?s?|RP'?s?|caller'?s?)\s+(?:relation(?:ship)?|occupation|job|title|position)(?:\s+to\s+\w+)?\s*[:\t]\s*(?P<it>{WHO})"
            ),
            0.85,
        ),
        Pattern(
            "relation in the reporter's block",
            "indirect_text",
            compiled(
                rf"(?:^|\t)[ ]?(?:reporter|reporting\s+(?:party|person)|caller|RP)\b[^\n]*(?:\n(?!{NO_REPORTER})[^\n]*){{0,6}}?[\n\t][ ]?"
                rf"(?:relation(?:ship)?|occupation)(?:\s+to\s+(?:the\s+)?\w+)?[ ]?[:\t][ ]?(?P<it>(?!unk|none|n/?a\b|refus|declin|anon)[^\W\d][^\n\t;:]{{2,40}})(?=$|[\n\t;])"
            ),
            0.8,
        ),
        Pattern(
            "who called it in",
            "indirect_text",
            compiled(
                rf"\b(?P<it>{WHO})\s+(?:who\s+)?(?:had\s+|has\s+|also\s+|then\s+)?(?:called\s+(?:it|this|us|the\s+hotline|in|CPS|the\s+Division)|hotlined|made\s+the\s+(?:report|call|hotline)|phoned\s+(?:it|the)|reported\s+(?:it|this|us|them|her|him)\s)"
            ),
            0.75,
        ),
        Pattern(
            "who the writer is who called",
            "indirect_text",
            compiled(
                rf"\bI(?:'m|\u2019m|\s+am)\s+(?P<it>{WHO})\b(?=[^\n]{{0,60}}(?:\n[^\n]{{0,60}})?\bI\s+(?:called|phoned|reported|hotlined|made\s+the\s+(?:call|report)))"
            ),
            0.8,
        ),
        Pattern(
            "guess of the family",
            "indirect_text",
            compiled(
                rf"\b(?:it\s+(?:was|had\s+to\s+be|must\s+have\s+been|must\s+be)|I\s+know\s+it\s+was|(?:thinks?|thought|believes?|believed|said|suspects?|guess(?:ed|es)?|sure)\s+(?:that\s+)?it\s+(?:was|is|had\s+to\s+be))\s+(?P<it>{WHO})\b"
            ),
            0.65,
        ),
        Pattern(
            "told by where they live",
            "indirect_text",
            compiled(
                rf"\b(?P<it>(?:the|that|those|our|their|her|his)\s+(?:{SOMEBODY}\s+{WHERE}|(?:up|down)stairs\s+{SOMEBODY}|next[ -]door\s+{SOMEBODY}|(?:front\s+)?desk\s+{SOMEBODY}))\b"
            ),
            0.6,
        ),
        Pattern(
            "who lives near",
            "indirect_text",
            compiled(
                rf"\b(?P<it>who\s+(?:lives?|rents?|stays?)\s+(?:right\s+|just\s+|directly\s+)?(?:{WHERE}|in\s+the\s+(?:apartment|unit|house|trailer|flat|lot|duplex)\s+(?:above|below|next\s+to|beside|behind|across\s+from)[^.,;\n]{{0,30}}))"
            ),
            0.6,
        ),
        Pattern(
            "call from somebody",
            "indirect_text",
            compiled(
                rf"\b(?:report|call|hotline|referral)\s+(?:was\s+)?(?:made\s+|received\s+|came\s+in\s+|came\s+)?(?:by|from)\s+(?P<it>{WHO})\b"
            ),
            0.75,
        ),
        Pattern(
            "type of reporter",
            "reporter_meta",
            compiled(
                r"(?:reporter\s+type|type\s+of\s+reporter)\s*[:\t]\s*(?P<it>mandated|permissive|anonymous)"
            ),
            0.8,
        ),
    )

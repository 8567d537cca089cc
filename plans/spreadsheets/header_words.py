"""What councils write at the head of a column: one pattern for each way of saying it."""

NUMBER = r"(?:no|nos|nr|num|number|numbers|ref|refs|reference|references|id|ids|code|identifier)"
CHILDREN = r"(?:child|children|childrens|young people|young person|famil(?:y|ies)|cyp|carers|parents)"
RAG = r"(?:b ?r ?a ?g ?g?|r ?a ?g ?b?|r y g|rygb|b ?g ?a ?r)"
DATE = r"(?:dates?|timescales?|deadlines?|timeframes?)"
MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|"
    r"august|september|october|november|december)"
)

# The first pattern that is found wins, so the narrower ones stand first.

# fmt: off
RULES: tuple[tuple[str, int, str, str], ...] = (
    ("key", 4, "", rf"^(?:{RAG} |rating |colour |status )?(?:key|legend)$"),
    ("way_back", 3, "", r"\b(?:route|path|way|return|get|getting|make|back) .*\b(?:green|on track)\b"),
    ("way_back", 3, "", r"\b(?:recovery|remedial|mitigat\w*|corrective|contingency)\b(?! plan no)"),
    ("note", 3, "", r"^(?:risks?|likelihood|risk (?:score|rating|level)|score|inherent|residual)\b"),
    ("progress", 1, "", rf"\b{RAG} (?:narrative|comment\w*|explanation|reason|rationale)"),
    ("note", 3, "",
        rf"^(?:reason|rationale|explanation)s? (?:for|of) (?:the )?(?:{RAG}|rating|delay|change)"),
    ("rating", 3, "earlier",
        rf"^(?:previous|last|prior|initial|baseline|start\w*|original|old|former)\b.*\b(?:{RAG}|rating|"
        rf"status)\b"),
    ("rating", 4, "", rf"^(?:.* )?{RAG}(?: (?:rating|ratings|status|score|rated|colour|now|current)\b.*)?$"),
    ("rating", 4, "", rf"\b{RAG}\b(?!.*\bprogress\b.*\bupdate\b)"),
    ("rating", 3, "",
        r"^(?:current |latest |overall |progress |delivery |action |performance |assurance |this "
        r"(?:month|quarter|board)s? )*rating(?: (?:now|last|previous|current|this|at|as at|for|in|"
        r"on)\b.*)?$"),
    ("rating", 1, "", r"^how (?:well )?are we doing$"),
    ("rating", 3, "", r"^(?:traffic lights?|colour(?: code)?|delivery confidence|confidence(?: level)?)$"),
    ("rating", 2, "",
        r"^(?:current |latest |overall |progress |delivery |action |completion |task |"
        r"implementation )*status(?: (?:now|rating|at .*|as at .*))?$"),
    ("note", 3, "", r"\bper ?cent(?:age)?\b"),
    ("rating", 1, "done",
        r"^(?:is it |action |task )?(?:completed?|done|achieved|closed|delivered)(?: (?:y n|yes no))?$"),
    ("note", 3, "start",
        r"^(?:planned |actual |proposed |anticipated )?(?:start|commence\w*|begin\w*)(?: date| by)?$"),
    ("note", 3, "start", r"^date (?:started|commenced|of (?:start|commencement))$|^from$"),
    ("note", 3, "done",
        r"\bdate (?:action |task |it )?(?:was )?(?:completed|closed|achieved|signed off|done|delivered)\b|"
        r"\b(?:completed|closed|achieved|done|signed off|delivered) (?:date|on)\b|\bactual\b.*\b(?:date|"
        r"completion|finish|end)\b|\b(?:date|completion|finish|end) actual\b"),
    ("note", 3, "review",
        r"^(?!.*\b(?:target|due|completion|deadline|timescale|end)\b)(?:.*\b(?:review|reviewed|updated|"
        r"raised|added|logged|opened|identified|meeting) (?:date|on|frequency)\b|.*\bdate (?:of |last |"
        r"for )?(?:the )?(?:review|reviewed|update|updated|raised|added|logged|opened|identified)|(?:last|"
        r"next) (?:review|reviewed|updated)|review(?:ed)?$|frequency$|how often)"),
    ("note", 3, "",
        r"^(?:governance|board|forum|oversight|report(?:ing|s) to|monitored by|scrutiny|signed off by)\b"
        r"(?!.*\brecommendations?\b)"),
    ("leads", 2, "", r"^resource (?:names?|initials)$"),
    ("note", 3, "",
        r"\b(?:budget|costs?|resources?|resourcing|resource implications|funding|dependenc\w+|finance)\b"),
    ("recommendation_reference", 3, "", r"\b(?:para|paras|paragraph|paragraphs)\b"),
    ("recommendation_reference", 3, "",
        rf"^(?:ofsted |inspection |ilacs |report |cqc |send |jtai |area for improvement )*(?:rec|recs|"
        rf"recommendation|recommendations|finding|ofsted|inspection|ilacs|cqc|afi|report) {NUMBER}$"),
    ("recommendation_reference", 2, "",
        r"^(?:links?|linked|relates|maps) .*\b(?:recommendations?|recs?|ofsted)\b"),
    ("reference", 3, "",
        rf"^(?:(?:action|actions|task|item|row|unique|plan|activity|line|key action|serial|s|sr|our|wsoa|"
        rf"improvement|action plan) )*{NUMBER}(?: {NUMBER})?$|^(?:sno|sn|n o|wbs(?: code)?)$"),
    ("reference", 1, "level",
        rf"^(?:objective|outcome|priority|theme|area|standard|commitment|step) {NUMBER}$"),
    ("links", 3, "",
        r"^(?:links?|linked|linkages?|cross ref\w*|related|interdependenc\w+)\b|\blinks? (?:to|with)\b"),
    ("progress", 3, "",
        r"^(?:actions?|work|activity|steps|progress) (?:taken|completed|done|made|achieved)\b"),
    ("progress", 3, "",
        r"^what (?:have we|has been|we have|weve) (?:done|achieved|completed)|\bso far$|\bto date$"),
    ("leads", 1, "",
        r"\b(?:support\w*|partners?|agenc(?:y|ies)|sponsor|lead member|contributors?|"
        r"others?)\b.*\b(?:leads?|officers?|owners?)\b"),
    ("leads", 1, "",
        r"^(?:lead |responsible |key )?(?:support\w*|partners?|agenc(?:y|ies)|team|service|"
        r"organisation)s?(?: involved| responsible)?$"),
    ("leads", 3, "when",
        r"\b(?:who|whom|leads?|responsib\w+|owner)\b.*\b(?:when|timescales?|deadlines?|dates?)\b"),
    ("leads", 3, "",
        r"\b(?:leads?|owners?|responsible|responsibility|responsibilities|accountable|accountability|sro|"
        r"ownership)\b|^(?:by )?whom?$|^whom? (?:by|is|will|does|leads|owns|are|delivers|to)\b|^by whom?\b|"
        r"^whos\b"),
    ("leads", 2, "",
        r"^(?:named |key |the |designated )?(?:officer|person|contact|manager|individual|"
        r"name)s?\b(?! .*number)"),
    ("leads", 2, "", r"^(?:assigned|allocated|delegated) to$|^(?:delivered|action|actioned) by(?: whom)?$"),
    ("step_targets", 4, "", r"^target dates of the steps$"),
    ("note", 3, "start", rf"\bstart\b(?!.*\b(?:end|finish|complet\w+)\b).*\b{DATE}\b|\b{DATE} start$"),
    ("target", 3, "",
        rf"\b(?:target|due|end|finish|completion|complete|delivery|milestone|implementation|planned|revised|"
        rf"forecast|expected|proposed|agreed|original|new|current|latest|anticipated|action|initial|"
        rf"extended) (?:for )?(?:target |completion |due |end |delivery )?{DATE}\b"),
    ("target", 3, "",
        r"\b(?:timescales?|timeframes?|time frames?|time scales?|timelines?|deadlines?)\b|^due\b|"
        r"^(?:by )?when\b"),
    ("target", 3, "",
        rf"^{DATE} (?:for|of|due|by|to be|set|agreed)\b(?!.*\breview\b)|^(?:to be )?completed? by\b|"
        rf"^achieve by\b"),
    ("target", 2, "", r"^(?:planned |expected |target |for )?completion(?: by)?$|^(?:finish|end|by)$"),
    ("target", 2, "",
        r"^(?:original |revised |initial |new |current |first )?(?:target|due)(?: (?:original|revised|"
        r"initial|new|current))?$"),
    ("target", 1, "", r"^dates?$|^(?:month|quarter)$|^delivery$"),
    ("progress", 3, "",
        r"^(?:latest |current |overall |monthly |quarterly |board |summary of |last |previous )*(?:progress|"
        r"updates?|status update)\b(?! (?:measure|indicator))"),
    ("what_it_means", 3, "",
        rf"\b(?:means?|impact|differences?|benefits?) .*\b{CHILDREN}\b|^what (?:this|it|does this|"
        rf"will this) means?\b"),
    ("what_it_means", 3, "",
        rf"^so what\b|\bwhat difference\b|\bwhat will (?:be|feel|look) different|^what will {CHILDREN}\b|"
        rf"\blived experience\b"),
    ("success_criteria", 4, "", r"\bsuccess\w*\b"),
    ("success_criteria", 3, "",
        r"\bhow (?:will|do|would|can|shall|are) (?:we|you|i|it|this)(?: all)? (?:\w+ )?(?:know|knowing|"
        r"measured?|evidenced?|tell|show|demonstrate|monitor)\b|\bhow we (?:will |ll )?(?:know|measure|"
        r"evidence)|\bwhat (?:does )?good (?:looks?|will look)"),
    ("success_criteria", 3, "", r"\b(?:kpis?|measures?|measured|metrics?|indicators?|measurables?)\b"),
    ("progress", 3, "", r"\b(?:progress|updates?)\b"),
    ("success_criteria", 2, "", r"\b(?:impact|evidence|evidenced)\b"),
    ("success_criteria", 1, "", r"\b(?:monitoring|evaluation|assurance|quality assurance)\b"),
    ("progress", 2, "", r"\b(?:comments?|commentary|narrative|position|status (?:comments?|report))\b"),
    ("note", 3, "", r"^(?:internal|private|confidential) notes?\b|^notes? (?:for|to) (?:the )?\w+"),
    ("progress", 1, "", r"\b(?:notes?|remarks?|achievements?|observations?)\b"),
    ("note", 3, "",
        r"^(?:next steps?|whats next|outstanding|issues? and risks?|actions? (?:outstanding|remaining))\b"),
    ("activity", 3, "",
        r"^(?:sub|detailed|supporting|underpinning|key)? ?(?:steps|tasks|sub ?actions?|sub ?tasks?|"
        r"milestones?|activit(?:y|ies))\b|^(?:sub|detailed) ?actions?\b|\b(?:action )?steps\b|^(?:key |"
        r"main )?milestones?\b"),
    ("activity", 3, "",
        r"^how(?: (?:will|are|do|shall) we (?:do|achieve|deliver|get|going|make)\b.*| we (?:will|are|plan|"
        r"ll)\b.*| (?:it|this) will\b.*)?$"),
    ("title", 4, "",
        r"^(?:(?:key|agreed|planned|required|improvement|specific|proposed|priority|smart|main|our|"
        r"recommended|the|next|council|individual|high level|headline) )*actions?\b"),
    ("title", 4, "",
        r"^(?:objectives?|aims?|priority|recommendations?|outcomes?|workstreams?|themes?|areas?|tasks?|"
        r"projects?|milestones?) (?:and |or )?(?:key )?actions?$"),
    ("title", 3, "",
        r"^what(?: (?:will|are|do|shall|must) we (?:do|going to do|need to do)\b.*| we (?:will|are going to|"
        r"need to|must|ll) do\b.*)?$"),
    ("title", 3, "",
        r"^(?:what )?we (?:will|shall|are going to|need to|plan to|intend to)(?: do)?$|"
        r"^what (?:needs|has|is|actions?|needed|must|will)\b(?!.*\b(?:different|found|said)\b)|"
        r"^tasks?(?: description| names?| title)?$"),
    ("recommendation", 3, "",
        r"\brecommendations?\b|\bareas? (?:for|of|requiring|needing) (?:priority )?(?:improvement|"
        r"development|action|significant weakness|weakness|concern)|\bfindings?\b|\bwhat (?:ofsted|"
        r"inspectors?|the inspect\w+) (?:said|told|found|say)"),
    ("recommendation", 3, "", r"^improvements? (?:required|needed)$"),
    ("recommendation", 2, "",
        r"^(?:ofsted|inspection|statutory|cqc|identified|key)? ?(?:issues?|concerns?|weakness(?:es)?|"
        r"requirements?)\b|^ofsted\b"),
    ("title", 3, "",
        r"^(?:improvements?|deliverables?|initiatives?|interventions?|proposals?|"
        r"response)$"),
    ("outcome", 3, "",
        r"\boutcomes?\b|^(?:desired |intended |expected |end )?results?$|^(?:what|"
        r"where) (?:do )?we want to (?:achieve|see|be)"),
    ("objective", 3, "",
        r"\b(?:objectives?|aims?|goals?|commitments?|ambitions?|intentions?|what we want)\b"),
    ("area", 4, "", r"^bucket(?: name)?$"),
    ("area", 3, "",
        r"^(?:improvement |priority |key |focus |practice )?(?:areas?|themes?)(?: of focus| of practice)?$"),
    ("area", 3, "",
        r"^(?:key |improvement |strategic |our )?(?:priority|priorities|workstreams?|work streams?|strands?|"
        r"pillars?|domains?)(?: areas?)?$"),
    ("area", 2, "",
        r"\b(?:areas?|themes?|priority|workstream|standards?|strand|pillar)\b|^(?:section|category|topic|"
        r"heading|subject|focus|programme|project)s?$"),
    ("title", 2, "", r"\bactions?\b"),
    ("activity", 1, "", r"^(?:description|details?|method|approach|summary)\b"),
)
# fmt: on

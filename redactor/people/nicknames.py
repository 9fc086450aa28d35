"""Common short forms of US given names."""

from __future__ import annotations

_GROUPS = """
abigail abby gail; albert al bert; alexander alex xander; alexandra alex lexi sandra; alexis lexi; alfred al fred;
alice ali; allison allie ali; amanda mandy; andrea andi; andrew andy drew; angela angie; ann anna annie nan; anthony tony;
antonio tony; arthur art; ashley ash; barbara barb barbie; benjamin ben benny; bernard bernie; beverly bev; bradley brad;
brandon bran; brittany britt; cameron cam; carolyn carol lyn; catherine cathy katie kate cat; charles charlie chuck chip;
charlotte charlie lottie; christian chris; christina chris tina chrissy christy; christine chris tina chrissy; christopher chris topher kit;
cynthia cindy; daniel dan danny; danielle dani; darlene darla; david dave davey; deborah deb debbie debra; dennis denny;
dolores lola; donald don donnie; dorothy dot dottie dolly; douglas doug; edward ed eddie ted; eleanor ellie nell nora;
elizabeth liz beth betty lizzie eliza libby betsy; emily em emmy; eugene gene; evelyn evie; florence flo; frances fran frankie;
francis frank; franklin frank; frederick fred freddie; gabriel gabe; gabriella gabby; gary; gerald jerry; geraldine gerry; gilbert gil;
gregory greg; gwendolyn gwen; harold hal harry; harriet hattie; henry hank harry; howard howie; isabella bella izzy; jacob jake;
jacqueline jackie; james jim jimmy jamie; janet jan; jason jay; jeffrey jeff; jennifer jen jenny; jeremy jerry; jerome jerry;
jessica jess jessie; joan joanie; john johnny jack; jonathan jon; joseph joe joey; joshua josh; joyce; judith judy; julia julie;
katherine kathy kate katie kat; kathleen kathy kate; kenneth ken kenny; kimberly kim; kristen kris; kristina kris tina; latoya toya; laura laurie;
lawrence larry; leonard len lenny; leroy roy; leslie les; lillian lily lil; linda lin; lois; loretta; lori; louis lou louie; louise lou;
lucille lucy; madison maddie; marcus marc mark; margaret maggie meg peggy marge; maria mary; marilyn; martha marty; martin marty; mary;
matthew matt; maureen mo; maurice mo; maxwell max; megan meg; melanie mel; melissa missy mel; melvin mel; michael mike mikey mick; michelle shelly;
mildred millie; mitchell mitch; monique mo; nancy nan; natalie nat; natasha tasha; nathan nate; nathaniel nate nathan; nicholas nick nicky; nicole nikki nicky;
norman norm; oliver ollie; olivia liv livvy; pamela pam; patricia pat patty tricia trish; patrick pat; paula; peter pete; philip phil; rachel; ralph;
randall randy; raymond ray; rebecca becky becca; reginald reggie; renee; ricardo rick; richard rick rich dick ricky richie; robert rob bob bobby robbie bert;
roberta bobbie; rodney rod; roger; roland; ronald ron ronnie; rosemary rose rosie; roxanne roxie; russell russ; samantha sam sammy; samuel sam sammy; sandra sandy;
sarah sally; savannah savvy; sebastian seb; shirley; sophia sophie; stanley stan; stephanie steph; stephen steve; steven steve; stuart stu; susan sue susie suzy;
suzanne sue; sylvia; tabitha tabby; tamara tammy; teresa terry tess; terrance terry tj; theodore ted teddy theo; theresa terry tess; thomas tom tommy;
timothy tim timmy; valerie val; vanessa nessa; veronica ronnie; victor vic; victoria vicky tori; vincent vince vinny; virginia ginny; vivian viv; walter walt wally;
wanda; wesley wes; wilhelmina willa; william bill will billy willie wm liam; winifred winnie; yolanda yoli; zachary zach zack; jasmine jazz jas; kayla kay; destiny des;
deshawn shawn; jamarcus marcus; tyrone ty; tyler ty; braelynn brae; kaysen kay; brielle bri; brianna bri; gabrielle gabby bri; isaiah zay; xavier zay; jeremiah jerry miah;
adelaide addie addy della; adeline addie addy; agnes aggie; alonzo lonnie; anastasia stacy; augustus gus; augustine gus; beatrice bea trixie;
bernadette bernie; caroline carrie; cassandra cassie sandy; cecilia cece celia; constance connie; cordelia delia; cornelius neil; delilah lilah;
dominic nick; edgar ed; edith edie; edmund ed; eduardo eddie lalo; edwin ed eddie; elijah eli; ella ellie; ellen ellie nell; emmanuel manny;
manuel manny; ernest ernie; esther essie; ezekiel zeke; fernando nando; francisco frank paco pancho cisco; genevieve ginny; guillermo memo;
gustavo gus; henrietta etta hettie; ignacio nacho; isabel bella izzy; jackson jack jax; jaxon jax; jesus chuy; joanna jo; josephine jo josie;
jose pepe; juanita nita; julian jules; kaitlyn kait kate katie; katelyn kate katie; latasha tasha; leonardo leo; leopold leo; loretta etta;
lucas luke; lucinda lucy cindy; mackenzie kenzie; mckenzie kenzie; madeline maddie; makayla kayla; maximilian max; natalia talia nat; octavia tavia;
orlando lando; penelope penny; percival percy; phineas finn; priscilla cilla; rafael rafa; ramona mona; regina gina; roderick rod; rosalind roz;
ruth ruthie; salvador sal; salvatore sal; solomon sol; tatiana tati; thaddeus thad; tobias toby; wallace wally; zechariah zach; alejandro alex;
angelica angie; destiny dez desi; antoinette toni nettie; benjamin benji; dashawn shawn; keyshawn shawn; rashawn shawn; lashawn shawn; latonya tonya;
latoya toya; shaniqua niqua; lakeisha keisha; tanisha nisha; demarcus marcus; demetrius meech; jermaine jay; marquis quis; terrell rell; tyrell rell;
trevon trey; treyvon trey tj; jayden jay; kayden kay; brayden bray; aaliyah liyah; mariah riah
"""


def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _GROUPS.replace("\n", " ").split(";"):
        words = group.split()
        if not words:
            continue
        full, short = words[0], words[1:]
        found.setdefault(full, set()).update(short)
        for word in short:
            found.setdefault(word, set()).add(full)
    return {k: frozenset(v) for k, v in found.items()}


SAME = _table()

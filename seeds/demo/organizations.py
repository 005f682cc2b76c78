"""The organizations of the demonstration. None of them exists."""

from __future__ import annotations

from dataclasses import dataclass

AMERICAS = "NET4U-AMERICAS"
AFRICA = "NET4U-AFRICA"
ALLIANCE = "NACSA4U-MEX"


@dataclass(frozen=True, slots=True)
class Demo:
    """One organization.

    ``spells`` are its spells of membership in its network, ``since`` or ``since/until`` each;
    ``themes`` its thematic areas with a level each; ``traits`` what is known of who leads it.
    """

    word: str
    name: str
    acronym: str
    country: str
    network: str
    spells: str
    themes: str
    kind: str = "NGO"
    subtype: str = ""
    founded: str = ""
    languages: str = "en"
    traits: str = ""

    @property
    def key(self) -> str:
        """Its key in the graph."""
        return f"DEMO-ORG-{self.word}"


# One organization, one entry: the formatter would spread each over a dozen lines.
# fmt: off
_AMERICAS = (
    Demo("CEIBA", "Demo Ceiba Institute for Safe Borders", "DCISB", "GTM", AMERICAS, "2022-04",
         "SOM:EXPERT FIREARMS:ACTIVE", "ACADEMIA", founded="2009-05", languages="es en"),
    Demo("JACARANDA", "Demo Jacaranda Collective of Survivors", "DJCS", "MEX", AMERICAS, "2022-04-18",
         "TIP:EXPERT TIP_CHILDREN:EXPERT", founded="2014", languages="es", traits="victim_led grassroots"),
    Demo("QUETZAL", "Demo Quetzal Legal Aid Network", "DQLAN", "MEX", AMERICAS, "2022-04",
         "UNTOC:EXPERT GOV_COORDINATION:ACTIVE", founded="2001-11-03", languages="es en"),
    Demo("MANGROVE", "Demo Mangrove Watch", "DMW", "CRI", AMERICAS, "2022-05",
         "ENVIRONMENT:EXPERT CORRUPTION:ACTIVE", founded="2016-02", languages="es en", traits="grassroots"),
    Demo("ISTHMUS", "Demo Isthmus Centre for Migration Studies", "DICMS", "PAN", AMERICAS, "2022-04",
         "SOM:EXPERT SOM_ROOT_CAUSES:EXPERT", "ACADEMIA", founded="1998", languages="es en"),
    Demo("ORINOCO", "Demo Orinoco Citizens against Corruption", "DOCC", "COL", AMERICAS, "2022-04",
         "CORRUPTION:EXPERT DRUGS:ACTIVE", founded="2011-08", languages="es"),
    Demo("CONDOR", "Demo Condor Forensic Finance Lab", "DCFFL", "COL", AMERICAS, "2022-06",
         "ORGANIZED_FRAUD:EXPERT CYBERCRIME:ACTIVE", "PRIVATE_SECTOR", founded="2018", languages="es en"),
    Demo("QUINOA", "Demo Quinoa Women's Shelter Association", "DQWSA", "BOL", AMERICAS, "2022-04",
         "TIP:ACTIVE TIP_CHILDREN:ACTIVE", subtype="COMMUNITY_GROUP", founded="2007", languages="es",
         traits="grassroots"),
    Demo("PUNA", "Demo Puna Indigenous Guardians", "DPIG", "PER", AMERICAS, "2022-07",
         "ENVIRONMENT:EXPERT DRUGS:INTERESTED", subtype="INDIGENOUS_GROUP", languages="es qu",
         traits="grassroots"),
    Demo("GALAPAGO", "Demo Galapago Ocean Crime Observatory", "DGOCO", "ECU", AMERICAS, "2022-04",
         "ENVIRONMENT:EXPERT SOM_AT_SEA:ACTIVE", "ACADEMIA", founded="2012-03", languages="es en"),
    Demo("ARAUCARIA", "Demo Araucaria Foundation for Public Integrity", "DAFPI", "CHL", AMERICAS, "2022-05",
         "CORRUPTION:EXPERT UNTOC:ACTIVE", subtype="FOUNDATION", founded="2005-09", languages="es en"),
    Demo("OMBU", "Demo Ombu Observatory of Armed Violence", "DOOAV", "ARG", AMERICAS, "2022-04",
         "FIREARMS:EXPERT FIREARMS_TECHNOLOGY:ACTIVE", founded="2003", languages="es en"),
    Demo("CEIBO", "Demo Ceibo Dockworkers' Union", "DCDU", "URY", AMERICAS, "2023-02",
         "DRUGS:ACTIVE CORRUPTION:INTERESTED", subtype="LABOUR_UNION", founded="1985", languages="es"),
    Demo("GUARANI", "Demo Guarani Border Communities", "DGBC", "PRY", AMERICAS, "2022",
         "FIREARMS:ACTIVE SOM:INTERESTED", subtype="COMMUNITY_GROUP", languages="es gn", traits="grassroots"),
    Demo("IPE", "Demo Ipe Institute of Criminology", "DIIC", "BRA", AMERICAS, "2022-04",
         "UNTOC:EXPERT FIREARMS_SCOPE:EXPERT DATA_COLLECTION:EXPERT", "ACADEMIA", founded="1994-06",
         languages="pt en"),
    Demo("BLUEMOUNTAIN", "Demo Blue Mountain Youth Alliance", "DBMYA", "JAM", AMERICAS, "2022-09",
         "FIREARMS:ACTIVE DRUGS:ACTIVE", founded="2019-01", languages="en", traits="grassroots"),
    Demo("PITCHLAKE", "Demo Pitch Lake Cyber Safety Trust", "DPLCST", "TTO", AMERICAS, "2023-01",
         "CYBERCRIME:EXPERT ORGANIZED_FRAUD:ACTIVE", subtype="CHARITABLE_ORGANIZATION", founded="2017"),
    Demo("CAOBA", "Demo Caoba Migrants' House", "DCMH", "HND", AMERICAS, "2022-05/2022-12 2023-06",
         "SOM_PROTECTION:EXPERT TIP:ACTIVE", subtype="FAITH_BASED_ORGANIZATION", founded="1999",
         languages="es", traits="grassroots"),
    Demo("IZOTE", "Demo Izote Victims' Voices", "DIVV", "SLV", AMERICAS, "2023-03",
         "TIP:ACTIVE GENDER_HUMAN_RIGHTS:ACTIVE", founded="2015-10", languages="es", traits="victim_led"),
    Demo("MAHOGANY", "Demo Mahogany Forest Defenders", "DMFD", "BLZ", AMERICAS, "2022-11",
         "ENVIRONMENT:ACTIVE", founded="2013", languages="en es", traits="grassroots"),
    Demo("TAMARIND", "Demo Tamarind Legal Clinic", "DTLC", "DOM", AMERICAS, "2022-04/2023-03",
         "TIP:ACTIVE UNTOC:INTERESTED", founded="2008", languages="es"),
    Demo("CALABASH", "Demo Calabash Peace Workers", "DCPW", "HTI", AMERICAS, "2022-06/2023-08-31",
         "FIREARMS:ACTIVE", languages="fr ht", traits="grassroots"),
    Demo("SEQUOIA", "Demo Sequoia Data Ethics Company", "DSDEC", "USA", AMERICAS, "2022-04/2022-10",
         "CYBERCRIME:EXPERT", "PRIVATE_SECTOR", founded="2015"),
    Demo("MAPLE", "Demo Maple Centre for Restorative Justice", "DMCRJ", "CAN", AMERICAS, "2024-02",
         "GENDER_HUMAN_RIGHTS:EXPERT TIP:ACTIVE", founded="1990", languages="en fr"),
    Demo("LAPACHO", "Demo Lapacho Association of Prosecutors", "DLAP", "PRY", AMERICAS, "2024-05",
         "UNTOC:ACTIVE INTERNATIONAL_COOPERATION:ACTIVE", subtype="PROFESSIONAL_ASSOCIATION", languages="es"),
    Demo("VICUNA", "Demo Vicuna Wildlife Trade Monitor", "DVWTM", "PER", AMERICAS, "2024",
         "ENVIRONMENT:EXPERT", founded="2020-07", languages="es en"),
)

_AFRICA = (
    Demo("BAOBAB", "Demo Baobab Centre for Human Security", "DBCHS", "KEN", AFRICA, "2023-07",
         "FIREARMS:EXPERT GOV_COORDINATION:ACTIVE", founded="2006-03", languages="en sw"),
    Demo("ACACIA", "Demo Acacia Survivors' Circle", "DASC", "KEN", AFRICA, "2023-07-03",
         "TIP:EXPERT TIP_CHILDREN:EXPERT", founded="2012", languages="en sw", traits="victim_led grassroots"),
    Demo("NILE", "Demo Nile Basin Research Institute", "DNBRI", "UGA", AFRICA, "2023-07",
         "FIREARMS_SCOPE:EXPERT UNTOC:ACTIVE", "ACADEMIA", founded="1997-09", languages="en"),
    Demo("MARULA", "Demo Marula Anti-Trafficking Trust", "DMATT", "ZAF", AFRICA, "2023-07",
         "TIP:EXPERT TIP_ORGAN_REMOVAL:EXPERT", subtype="CHARITABLE_ORGANIZATION", founded="2004"),
    Demo("PROTEA", "Demo Protea Illicit Trade Lab", "DPITL", "ZAF", AFRICA, "2023-07",
         "ENVIRONMENT:EXPERT ORGANIZED_FRAUD:ACTIVE", "ACADEMIA", founded="2011-02"),
    Demo("HARMATTAN", "Demo Harmattan Arms Monitor", "DHAM", "MLI", AFRICA, "2023-07",
         "FIREARMS:EXPERT FIREARMS_TECHNOLOGY:EXPERT", founded="2013-10", languages="fr"),
    Demo("SAHEL", "Demo Sahel Migration Forum", "DSMF", "BFA", AFRICA, "2023-08",
         "SOM:EXPERT SOM_ROOT_CAUSES:ACTIVE", founded="2010", languages="fr"),
    Demo("TERANGA", "Demo Teranga Coastal Watch", "DTCW", "SEN", AFRICA, "2023-07",
         "SOM_AT_SEA:EXPERT ENVIRONMENT:ACTIVE", founded="2015-06", languages="fr wo", traits="grassroots"),
    Demo("KENTE", "Demo Kente Integrity Initiative", "DKII", "GHA", AFRICA, "2023-07",
         "CORRUPTION:EXPERT GOV_COORDINATION:EXPERT", founded="2000"),
    Demo("COWRIE", "Demo Cowrie Financial Crime Forum", "DCFCF", "NGA", AFRICA, "2023-07",
         "ORGANIZED_FRAUD:EXPERT CYBERCRIME:EXPERT", "PRIVATE_SECTOR", founded="2014-04"),
    Demo("ZUMA", "Demo Zuma Hills Women's Network", "DZHWN", "NGA", AFRICA, "2023-09",
         "TIP:ACTIVE GENDER_HUMAN_RIGHTS:EXPERT", subtype="COMMUNITY_GROUP", founded="2018",
         traits="grassroots"),
    Demo("IROKO", "Demo Iroko Legal Resource Centre", "DILRC", "NGA", AFRICA, "2023-07",
         "UNTOC:EXPERT INTERNATIONAL_COOPERATION:ACTIVE", founded="1996-12"),
    Demo("COCOA", "Demo Cocoa Coast Child Protection", "DCCCP", "CIV", AFRICA, "2023-07",
         "TIP_CHILDREN:EXPERT", founded="2009", languages="fr"),
    Demo("SANAGA", "Demo Sanaga River Communities", "DSRC", "CMR", AFRICA, "2023-10",
         "ENVIRONMENT:ACTIVE FIREARMS:INTERESTED", subtype="INDIGENOUS_GROUP", languages="fr en",
         traits="grassroots"),
    Demo("OKAPI", "Demo Okapi Mineral Trade Observatory", "DOMTO", "COD", AFRICA, "2023-07",
         "ENVIRONMENT:EXPERT CORRUPTION:ACTIVE", founded="2012-11", languages="fr"),
    Demo("FYNBOS", "Demo Fynbos Digital Rights Office", "DFDRO", "NAM", AFRICA, "2023-11-01",
         "CYBERCRIME:ACTIVE", founded="2019"),
    Demo("DELTA", "Demo Delta Wildlife Rangers' Association", "DDWRA", "BWA", AFRICA, "2023-07",
         "ENVIRONMENT:EXPERT FIREARMS:ACTIVE", subtype="PROFESSIONAL_ASSOCIATION", founded="2003"),
    Demo("KASANKA", "Demo Kasanka Interfaith Council", "DKIC", "ZMB", AFRICA, "2023-07",
         "TIP:INTERESTED SOM:INTERESTED", subtype="FAITH_BASED_ORGANIZATION", founded="1988"),
    Demo("QUIRIMBA", "Demo Quirimba Peace Observatory", "DQPO", "MOZ", AFRICA, "2023-07",
         "FIREARMS:ACTIVE DRUGS:EXPERT", founded="2016-08", languages="pt"),
    Demo("VANILLA", "Demo Vanilla Island Farmers' League", "DVIFL", "MDG", AFRICA, "2023",
         "CORRUPTION:INTERESTED", subtype="LABOUR_UNION", languages="fr mg"),
    Demo("ATLAS", "Demo Atlas Centre for Border Studies", "DACBS", "MAR", AFRICA, "2023-07",
         "SOM:EXPERT DRUGS:ACTIVE", "ACADEMIA", founded="2008-01", languages="ar fr"),
    Demo("JASMINE", "Demo Jasmine Citizens' Forum", "DJCF", "TUN", AFRICA, "2023-07",
         "SOM_PROTECTION:EXPERT CORRUPTION:ACTIVE", founded="2011-03", languages="ar fr"),
    Demo("PAPYRUS", "Demo Papyrus Criminal Law Society", "DPCLS", "EGY", AFRICA, "2023-08-15",
         "UNTOC:ACTIVE TIP_CORRUPTION:ACTIVE", subtype="PROFESSIONAL_ASSOCIATION", founded="1979",
         languages="ar en"),
    Demo("KILIMA", "Demo Kilima Youth against Trafficking", "DKYT", "TZA", AFRICA, "2023-07",
         "TIP:ACTIVE TIP_CHILDREN:ACTIVE", founded="2020-02", languages="sw en", traits="grassroots"),
    Demo("THOUSANDHILLS", "Demo Thousand Hills Reconciliation Group", "DTHRG", "RWA", AFRICA, "2023-10",
         "FIREARMS_CRIMINALIZATION:ACTIVE GENDER_HUMAN_RIGHTS:ACTIVE", languages="rw en"),
    Demo("TEFF", "Demo Teff Policy Institute", "DTPI", "ETH", AFRICA, "2023-09",
         "NATIONAL_STRATEGIES:EXPERT DATA_COLLECTION:ACTIVE", "ACADEMIA", founded="2001", languages="am en"),
    Demo("BISSAP", "Demo Bissap Drug Policy Forum", "DBDPF", "GMB", AFRICA, "2023-07/2023-09",
         "DRUGS:EXPERT", founded="2014"),
    Demo("PALMWINE", "Demo Palmwine Community Justice", "DPCJ", "SLE", AFRICA, "2023-07/2023-10-15",
         "FIREARMS:INTERESTED", traits="grassroots"),
    Demo("RUBBER", "Demo Rubber Belt Workers' Union", "DRBWU", "LBR", AFRICA, "2023-07-10/2023-08",
         "CORRUPTION:ACTIVE", subtype="LABOUR_UNION"),
    Demo("LAKECHAD", "Demo Lake Chad Early Warning", "DLCEW", "TCD", AFRICA, "2024-01",
         "FIREARMS:EXPERT SOM:ACTIVE", founded="2017-05", languages="fr ar"),
    Demo("SHIRE", "Demo Shire Valley Health Rights", "DSVHR", "MWI", AFRICA, "2024-03",
         "TIP_ORGAN_REMOVAL:ACTIVE", founded="2013"),
    Demo("SOAPSTONE", "Demo Soapstone Press Freedom Fund", "DSPFF", "ZWE", AFRICA, "2024-06-01",
         "CORRUPTION:EXPERT", subtype="FOUNDATION", founded="2005"),
    Demo("OGOOUE", "Demo Ogooue Timber Tracking", "DOTT", "GAB", AFRICA, "2025",
         "ENVIRONMENT:EXPERT", "PRIVATE_SECTOR", founded="2021-09", languages="fr"),
)

_ELSEWHERE = (
    Demo("NOPAL", "Demo Nopal Mothers in Search", "DNMS", "MEX", ALLIANCE, "2022-10",
         "TIP:ACTIVE GOV_COORDINATION:ACTIVE", languages="es", traits="victim_led grassroots"),
    Demo("AGAVE", "Demo Agave Arms Control Forum", "DAACF", "MEX", ALLIANCE, "2022-10",
         "FIREARMS:EXPERT", founded="2010", languages="es en"),
    Demo("MONSOON", "Demo Monsoon Recruitment Watch", "DMRW", "NPL", "", "",
         "TIP:EXPERT SOM:ACTIVE", founded="2016", languages="ne en", traits="grassroots"),
    Demo("FJORD", "Demo Fjord Compliance Partners", "DFCP", "NOR", "", "",
         "ORGANIZED_FRAUD:ACTIVE", "PRIVATE_SECTOR", founded="2012"),
    Demo("LINDEN", "Demo Linden University Firearms Seminar", "DLUFS", "POL", "", "",
         "FIREARMS:EXPERT FIREARMS_TECHNOLOGY:EXPERT", "ACADEMIA", founded="1991", languages="pl en"),
)
# fmt: on

ORGANIZATIONS = (*_AMERICAS, *_AFRICA, *_ELSEWHERE)


def members(network: str) -> tuple[Demo, ...]:
    """The organizations that were ever members of the network."""
    return tuple(found for found in ORGANIZATIONS if found.network == network)


def by_word(word: str) -> Demo:
    """The organization with this word in its key; raises ``KeyError``."""
    for found in ORGANIZATIONS:
        if found.word == word:
            return found
    raise KeyError(word)

"""The closed vocabularies. A member's name is what is stored and asked for; its value explains it."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """Who looks, from the one that sees least to the one that sees everything."""

    PUBLIC = "Anybody: what sources publish."
    RESEARCHER = "A researcher with an account: also what is not established yet."
    CSU = "An officer of the Civil Society Unit: also contact details and applications."
    ADMIN = "Who runs the service: everything, and makes keys."


class Language(Enum):
    """The six official languages of the United Nations."""

    AR = "Arabic"
    EN = "English"
    ES = "Spanish"
    FR = "French"
    RU = "Russian"
    ZH = "Chinese"


class Verification(Enum):
    """How well a fact is established."""

    VERIFIED = "Read in the source that is named."
    INFERRED = "Deduced from the source that is named."


class OrganizationKind(Enum):
    """The kinds of non-governmental stakeholders that UNTOC's review mechanism knows."""

    NGO = "A civil society organization."
    ACADEMIA = "A university, a research institute or another academic body."
    PRIVATE_SECTOR = "A company or an association of companies."


class OrganizationSubtype(Enum):
    """Finer types of organizations, as the Civil Society Unit uses them."""

    COMMUNITY_GROUP = "A community group."
    LABOUR_UNION = "A labour union."
    INDIGENOUS_GROUP = "An indigenous group."
    CHARITABLE_ORGANIZATION = "A charitable organization."
    FAITH_BASED_ORGANIZATION = "A faith-based organization."
    PROFESSIONAL_ASSOCIATION = "A professional association."
    FOUNDATION = "A foundation."
    UMBRELLA = "An organization whose members are organizations."


class NetworkKind(Enum):
    """The kinds of networks. A network is not a region."""

    REGIONAL_NETWORK = "A NET4U: a civil society regional network for UNTOC implementation."
    NATIONAL_ALLIANCE = "A NACSA4U: a national civil society alliance, in one country."
    UMBRELLA_NETWORK = "A committee or coalition of organizations that is not a NET4U."
    ONLINE_PLATFORM = "A platform on which stakeholders register and exchange."


class BodyKind(Enum):
    """The bodies of a network."""

    STEERING_COMMITTEE = "Leads the network; formed from members that showed interest."
    WORKING_GROUP = "Works on topics that the network chose."


class BodyField(Enum):
    """The fields of a network's working groups."""

    TECHNICAL_EXPERTISE = "Technical expertise."
    STRATEGIC_COMMUNICATION = "Strategic communication."
    ENGAGEMENT = "Engagement."
    ACTION = "Action."


class BodyRole(Enum):
    """What a member does in a body."""

    CHAIR = "Leads the body."
    MEMBER = "Takes part in the body."


class OfficeKind(Enum):
    """The offices of a network."""

    COORDINATOR = "Chosen by the members; leads the Steering Committee; its organization is the secretariat."
    CO_COORDINATOR = "Optional second coordinator."
    ADMIN_FOCAL_POINT = "Optional administrative focal point."


class ActivityKind(Enum):
    """What a network plans for a year."""

    ORDINARY_MEETING = "A quarterly meeting of the network."
    STEERING_COMMITTEE_MEETING = "A meeting of the Steering Committee."
    WORKING_GROUP_TASK = "A task of a working group."
    CAPACITY_BUILDING = "Training for members or with them."
    ENGAGEMENT = "Engagement with governments or others."
    POLICY_BRIEF = "A policy brief."
    PUBLICATION = "Another publication."


class ActivityStatus(Enum):
    """How far a planned activity has come."""

    PLANNED = "Planned, not yet begun."
    UNDER_WAY = "Begun."
    COMPLETED = "Completed."
    CANCELLED = "Given up."


class RegionScheme(Enum):
    """Three ways to divide the world; they do not map one to one."""

    M49 = "The statistical regions of the United Nations Statistics Division."
    UN_REGIONAL_GROUP = "The regional groups of United Nations Member States."
    NET4U = "The regions of the NET4U networks."


class ExpertiseLevel(Enum):
    """How well an organization knows a thematic area."""

    INTERESTED = "Interested in the area."
    ACTIVE = "Works in the area."
    EXPERT = "Has proven expertise in the area."


class EventKind(Enum):
    """The kinds of events around the Convention."""

    COP_SESSION = "A session of the Conference of the Parties."
    WORKING_GROUP_SESSION = "A session of a working group of the Conference."
    CONSTRUCTIVE_DIALOGUE = "A dialogue with non-governmental stakeholders after a working-group session."
    TRAINING = "A training."
    REGIONAL_CONSULTATION = "A consultation of stakeholders of a region."
    VOLUNTARY_PILOT_INITIATIVE_MEETING = "A meeting of a voluntary pilot initiative in a country."
    NETWORK_MEETING = "A meeting of one or more networks."
    SIDE_EVENT = "An event held beside a session of the Conference."
    NGO_BRIEFING = "A briefing for non-governmental organizations."
    CONFERENCE = "Another conference."
    WORKSHOP = "A workshop."
    PUBLICATION_LAUNCH = "The launch of a publication."
    PLATFORM_LAUNCH = "The launch of a platform."


class EventMode(Enum):
    """How people take part in an event."""

    IN_PERSON = "In one place."
    ONLINE = "Online."
    HYBRID = "In one place and online."


class ParticipationRole(Enum):
    """What an organization does at an event."""

    PARTICIPANT = "Takes part."
    SPEAKER = "Speaks or makes an intervention."
    PANELLIST = "Sits on a panel."
    ORGANIZER = "Organizes or co-organizes the event."
    PARTNER = "Supports the event as a partner."


class ParticipationStatus(Enum):
    """Registered, approved and attended are three facts."""

    REGISTERED = "Registered for the event."
    APPROVED = "Approved for the event."
    ATTENDED = "Was there."


class ApplicationStatus(Enum):
    """The steps of an application. Having attended is a participation, not a step of these."""

    DRAFT = "Being written."
    SUBMITTED = "Handed in."
    PROPOSED = "Proposed by the Civil Society Unit."
    WITH_EXTENDED_BUREAU = "Before the Extended Bureau."
    APPROVED = "Approved by the Extended Bureau."
    DECLINED = "Declined by the Extended Bureau."
    WITHDRAWN = "Withdrawn by the organization."


class ExtendedBureauDecision(Enum):
    """What the Extended Bureau decides on an application."""

    APPROVED = "The organization may take part."
    DECLINED = "The organization may not take part."


class ClaimQualifier(Enum):
    """How a source qualifies the number that it states."""

    EXACT = "This number."
    ABOUT = "About this number."
    MORE_THAN = "More than this number."


class CounterpartKind(Enum):
    """The kinds of government offices that civil society deals with."""

    REVIEW_FOCAL_POINT = "The focal point of a state for a review."
    COMPETENT_NATIONAL_AUTHORITY = "An authority named for a form of cooperation under the Convention."
    POLICY_COUNTERPART = "An office that works with civil society on policy."


class InstrumentKind(Enum):
    """The kinds of instruments."""

    CONVENTION = "A convention."
    PROTOCOL = "A protocol that supplements a convention."
    COP_RESOLUTION = "A resolution of the Conference of the Parties."


class PartyStatus(Enum):
    """Where a state or organization stands towards a treaty."""

    PARTY = "Consented to be bound."
    SIGNATORY_ONLY = "Signed and did not yet consent to be bound."


class ConsentKind(Enum):
    """The acts by which a state or organization consents to be bound by a treaty."""

    RATIFICATION = "Ratification."
    ACCESSION = "Accession."
    ACCEPTANCE = "Acceptance."
    APPROVAL = "Approval."
    SUCCESSION = "Succession."


class IdentityVerdict(Enum):
    """What somebody thinks of two names."""

    SAME = "Both name the same organization."
    LIKELY_SAME = "Both probably name the same organization; a person has to confirm it."
    DIFFERENT = "They name different organizations."
    UNSURE = "Nobody can tell yet."


class SourceKind(Enum):
    """What kind of thing a source is."""

    PAGE = "A page on the web."
    DOCUMENT = "A document."
    DATASET = "A published data set."
    DEMONSTRATION = "Made up for demonstration; states nothing about the world."
    OWN_KNOWLEDGE = "What somebody in a role knows, without a document."


class Vocabulary(Enum):
    """The vocabularies that the networks' Concept Note defines."""

    NETWORK_KIND = "The kinds of networks."
    NETWORK_ROLE = "The roles inside a network."

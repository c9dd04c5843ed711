"""Who lives in the demo network: invented names, as mixed as the Midlands are."""

from random import Random
from typing import NamedTuple

from api.core.text import slug
from api.demo.cast.organisations import WORKPLACES, Workplace


class Tradition(NamedTuple):
    """Given and family names that go together, and how many people have such names."""

    weight: int
    given: str
    family: str


TRADITIONS = (
    Tradition(
        38,
        "Alice Amy Andrew Angela Ben Beth Brian Caroline Charlotte Chris Claire Colin Craig Dan "
        "Dawn Debbie Ed Ellie Emma Fay Gary George Grace Hannah Helen Ian Jack Jade Jane Jenny "
        "Joan Joe Karen Kate Keith Laura Leanne Lisa Lucy Mark Martin Matt Nicola Paul Rachel "
        "Rob Sam Sarah Sophie Steve Tim Tracy Vicky Will Zoe",
        "Allsop Arkwright Ashdown Barlow Birch Bircher Bott Bullock Cartwright Chatwin Clay "
        "Cotterill Dale Dunn Elwell Fellows Fenn Garner Hadley Hale Hackett Hollis Ingram Jukes "
        "Kendrick Kirk Lamb Lovatt Mayfield Millward Nash Oakes Onions Pearsall Quinney "
        "Raybould Rowley Sharrock Slater Swain Tandy Thirkell Timmins Underhill Wain Weaver "
        "Whitlock Wootton Yardley",
    ),
    Tradition(
        12,
        "Aled Angharad Bethan Carys Catrin Dafydd Delyth Eirlys Eleri Ffion Geraint Gethin Gwen "
        "Heledd Huw Ieuan Iolo Llinos Lowri Mair Megan Nerys Nia Owain Rhiannon Rhys Siân Siôn "
        "Tegan Tomos",
        "Beynon Bowen Bevan Cadwallader Ellis Gittins Gwynne Howells Jenkins Llewellyn Meredith "
        "Morgan Parry Powell Probert Pryce Prosser Pugh Rees Treharne Vaughan Watkins",
    ),
    Tradition(
        14,
        "Amarjit Anita Asha Baljit Deepa Dev Gurpreet Harjit Jaspreet Kamal Kavita Kiran Manjit "
        "Meena Mohan Neeta Nikhil Pooja Priya Rajesh Ravi Rupinder Sandeep Simran Sukhdev "
        "Sunita Tejal Vikram",
        "Bains Bhatt Chahal Desai Dhillon Gill Grewal Joshi Kapoor Mistry Nair Parmar Patel "
        "Raman Rao Sahota Sandhu Shah Sharma Sidhu Solanki Uppal",
    ),
    Tradition(
        11,
        "Aisha Amina Ayesha Bilal Farida Fatima Hamza Hasina Imran Javed Khadija Nabila Nadia "
        "Naseem Rashid Rukhsana Saira Salma Shabnam Tahira Tariq Usman Yasmin Zahid Zara",
        "Ahmed Akhtar Anwar Aziz Begum Chaudhry Chowdhury Hussain Iqbal Javaid Karim Khalid "
        "Mahmood Malik Miah Mirza Qureshi Rahman Saleem Siddiqui Uddin",
    ),
    Tradition(
        9,
        "Beverley Carlton Cherelle Clive Delroy Denise Devon Errol Gloria Jerome Leroy Lorna "
        "Marcia Marlon Maya Natalie Paulette Rochelle Sandra Shanice Tanya Trevor Winston "
        "Yvonne",
        "Bailey Blackwood Campbell Clarke Daley Francis Gordon Grant Lindo Linton McKenzie "
        "Morrison Palmer Pinnock Reid Samuels Spence Wynter",
    ),
    Tradition(
        8,
        "Abena Adaeze Adwoa Chidi Chioma Emeka Folake Funmi Ifeoma Kofi Kwame Ngozi Obinna Ope "
        "Tendai Tunde Yaa Yewande",
        "Adeyemi Afolabi Agyeman Asante Balogun Boateng Danso Eze Mensah Moyo Nwosu Obi Ofori "
        "Okafor Okonjo Oyelaran Sibanda",
    ),
    Tradition(
        5,
        "Agnieszka Andrzej Dorota Ewa Ioana Irina Joanna Katarzyna Lech Magda Marek Mihai Ola "
        "Bartek Piotr Rasa Tomasz Zofia",
        "Baran Dudek Ionescu Jankauskas Kaczmarek Krol Mazur Nowak Pawlak Popescu Wójcik Zając",
    ),
    Tradition(
        4,
        "Aoife Brendan Caoimhe Ciarán Declan Eimear Fergal Gráinne Niamh Orla Padraig Róisín",
        "Brennan Byrne Devlin Donnelly Farrell Kavanagh Lynch Mulligan O’Rourke Quigley Sweeney",
    ),
    Tradition(
        4,
        "Ahmad Dana Farah Hamid Hodan Ibrahim Khalil Layla Mariam Nasrin Rami Sahra Shirin Yusuf",
        "Abdi Farah Haddad Hashemi Jama Karimi Mansour Nasser Osman Saleh Warsame Zarei",
    ),
    Tradition(
        3,
        "Cam David Hui Jun Kai Linh Mei Minh Sze Thu Wei Xin Yan Ying",
        "Chan Cheung Ho Lam Lau Leung Li Nguyen Tran Wong Yip Zhang",
    ),
)


class Somebody(NamedTuple):
    """A person of the network; the address is what tells them apart."""

    name: str
    email: str
    workplace: Workplace
    team: str


# Those who can be signed in as. Their names are fixed, whatever the seed.
MEMBER, LEAD, COORDINATOR = "Maya Lindo", "Rhiannon Vaughan", "Gurpreet Sandhu"
_FIXED = (
    (MEMBER, "Northmere Council", "Housing support"),
    (LEAD, "Marlowe Vale NHS Foundation Trust", "Adult community team"),
    (COORDINATOR, "Wyrefield County Council", "Public health"),
)


def address(name: str, workplace: Workplace) -> str:
    return f"{slug(name).replace('-', '.')}@{workplace.domain}"


def somebody(name: str, workplace: Workplace, team: str) -> Somebody:
    return Somebody(name, address(name, workplace), workplace, team)


def known() -> list[Somebody]:
    """The member, the lead and the coordinator whom visitors sign in as."""
    named = {workplace.name: workplace for workplace in WORKPLACES}
    return [somebody(name, named[at], team) for name, at, team in _FIXED]


def crowd(random: Random, size: int) -> list[Somebody]:
    """Invent so many people; no two share a name, and every organisation and team has some."""
    people = known()
    taken = {each.name for each in people} | {each.email for each in people}
    weights = [tradition.weight for tradition in TRADITIONS]
    places = [(workplace, team) for workplace in WORKPLACES for team in workplace.teams]
    share = [workplace.weight / len(workplace.teams) for workplace, _ in places]
    while len(people) < size:
        tradition = random.choices(TRADITIONS, weights)[0]
        given = random.choice(tradition.given.split())
        name = f"{given} {random.choice(tradition.family.split())}"
        # The first to come are one for each team, so that none is empty.
        fresh = len(people) - len(_FIXED)
        place = places[fresh] if fresh < len(places) else random.choices(places, share)[0]
        made = somebody(name, *place)
        if taken.isdisjoint((made.name, made.email)):
            taken |= {made.name, made.email}
            people.append(made)
    return people

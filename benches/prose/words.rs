//! The words of the made-up articles.

pub const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub const MONTHS: &[&str] = &[
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

pub const GIVEN: &[&str] = &[
    "Anna", "Peter", "María", "John", "Fatima", "Élise", "Thomas", "Ingrid", "Samuel", "Olga", "David", "Amina",
    "Robert", "Clara", "Hugo", "Nadia", "Victor", "Judith", "Simon", "Teresa",
];

pub const NAME_STARTS: &[&str] = &[
    "Bar", "Ber", "Bran", "Cal", "Car", "Dal", "Dor", "El", "Fal", "Fen", "Gar", "Gil", "Gren", "Hal", "Har", "Hol",
    "Jan", "Jor", "Kel", "Kor", "Lan", "Lin", "Mal", "Mar", "Mor", "Nor", "Or", "Pal", "Per", "Quin", "Ral", "Ros",
    "Sal", "Sel", "Stan", "Tal", "Tor", "Ul", "Val", "Ver", "Wal", "Wes", "Wil", "Yar", "Zel",
];

pub const NAME_MIDDLES: &[&str] = &["a", "be", "di", "en", "er", "i", "ka", "lo", "mi", "o", "ra", "se", "ti", "un"];

pub const SURNAME_ENDS: &[&str] = &[
    "bach", "berg", "by", "cott", "dale", "den", "dini", "evic", "field", "gren", "holt", "ides", "ington", "kamp",
    "kov", "land", "ley", "lund", "mann", "moor", "nes", "ova", "quist", "rell", "sen", "shaw", "stad", "stein",
    "ström", "thal", "vara", "well", "wick", "yan", "zada",
];

pub const PLACE_ENDS: &[&str] = &[
    "borough", "bridge", "bury", "cliff", "dorf", "fjord", "ford", "grad", "ham", "haven", "heim", "hill", "mouth",
    "pool", "port", "stadt", "stead", "thorpe", "ton", "ville", "wald", "wood", "worth",
];

pub const BODIES: &[&str] = &[
    "Regional", "National", "Coastal", "Municipal", "Federal", "Northern", "Southern", "Public", "Maritime", "Rural",
];

pub const BODY_ENDS: &[&str] = &[
    "Council", "Agency", "Commission", "Office for Statistics", "Institute", "Health Board", "Trade Union",
    "Water Authority", "School Board", "Labour Court",
];

pub const NOUNS: &[&str] = &[
    "council", "report", "minister", "plan", "company", "school", "market", "river", "court", "hospital", "budget",
    "election", "bridge", "player", "village", "railway", "farmer", "campaign", "station", "bank", "contract", "museum",
    "driver", "storm", "harbour", "doctor", "committee", "engine", "neighbour", "factory", "concert", "teacher",
    "witness", "tunnel", "airport", "orchestra", "lawyer", "vaccine", "forest", "newspaper", "statue", "fisherman",
    "laboratory", "reservoir", "pension", "ferry", "inquiry", "referee", "treaty", "archive", "glacier", "printer",
    "satellite", "orchard", "cathedral", "tariff", "mortgage", "chimney", "lantern", "kiosk",
];

pub const NOUN_STARTS: &[&str] = &[
    "apple", "back", "bird", "book", "boat", "candle", "cattle", "coal", "corn", "dock", "earth", "fire", "flood",
    "fruit", "glass", "grain", "hand", "hay", "horse", "ice", "iron", "lake", "lamp", "leaf", "lime", "mill", "moon",
    "moss", "night", "north", "paper", "peat", "rain", "road", "rock", "rope", "salt", "sand", "sea", "silver", "snow",
    "stone", "sun", "thunder", "timber", "tower", "water", "wheat", "wind", "winter",
];

pub const NOUN_ENDS: &[&str] = &[
    "bank", "barn", "bell", "board", "boat", "box", "cart", "craft", "door", "fall", "field", "frame", "gate", "guard",
    "hall", "house", "keeper", "land", "light", "line", "maker", "mark", "mill", "path", "place", "plant", "pool",
    "room", "road", "shed", "ship", "side", "stack", "storm", "trade", "wall", "way", "wheel", "work", "yard",
];

pub const ADJECTIVES: &[&str] = &[
    "new", "local", "former", "large", "public", "early", "small", "recent", "quiet", "expensive", "wooden", "narrow",
    "official", "temporary", "unusual", "northern", "private", "dangerous", "modern", "cautious", "empty", "regular",
    "generous", "fragile", "stubborn", "remote",
];

pub const ADJECTIVE_ENDS: &[&str] = &["based", "bound", "free", "grey", "like", "proof", "red", "rich", "wide", "worn"];

pub const PAST: &[&str] = &[
    "opened", "closed", "failed", "improved", "stopped", "changed", "collapsed", "returned", "grew", "vanished",
    "recovered", "suffered", "reopened", "waited", "doubled", "moved", "paid", "won", "lost", "burned", "sank",
    "resigned", "voted", "appeared", "remained", "struggled", "departed", "succeeded", "slowed", "objected",
];

pub const PLAIN_VERBS: &[&str] = &["open", "close", "sell", "rebuild", "inspect", "repair", "count", "move", "ban", "lend"];

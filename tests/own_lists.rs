//! Lists of a user's own, from the row to the record: kinds, context words, case, layers, and which of several rows is meant.
#![cfg(feature = "embedded")]

use gazzetta::{
    Engine, Lexicon, RawDocument, Record,
    lexicon::Files,
    raw::{Media, Meta},
};
use std::sync::LazyLock;

const HEADER: &str =
    "id\tkind\tsubtype\tname\taliases\tacronym\tcountry\tparent\tsame_as\tcase\tneeds\tnever\tpriority\n";
const PACK: &str = "name = \"own\"\nkinds = [\"award\", \"product\"]\n";
const PRODUCTS: &str = "local:tornio\tproduct\t\tTornio Vega 9\t\t\t\t\t\t\t\t\t\n\
    local:luna\tproduct\t\tLunaria\t\t\t\t\t\tany\t\t\t\n\
    local:ala\taward\t\tAla Rossa Senior\t\t\t\t\t\t\t\t\t\n";
const BODIES: &str = "local:gru\tinstitution\tcompany\tGru Mosse\t\t\tIT\t\t\t\tmacchine|gru edili\tuccello\t\n\
    local:lepre\tinstitution\tcompany\tLepre Alta\t\t\tIT\t\t\t\t\tuccello\t\n\
    local:lepre2\tinstitution\tother\tLepre Alta\t\t\tIT\t\t\t\t\t\t10\n\
    local:orma\tinstitution\tcompany\tOrma Viva\t\t\tIT\t\t\texact\t\t\t\n\
    local:cantiere\tinstitution\tcompany\tFincantieri\t\t\tIT\t\t\t\t\t\t\n\
    local:leone\tinstitution\tcompany\tLeonardo Prova\tKAIST\t\tIT\t\t\t\t\t\t0\n\
    ror:01111rn36\tinstitution\tuniversity\tAteneo Felsineo di Prova\tit:Università di Bologna\t\tIT\t\t\t\t\t\t\n";

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let own = Files::from_pairs([
        ("pack.toml", PACK.to_owned()),
        ("products/own.tsv", format!("{HEADER}{PRODUCTS}")),
        ("institutions/own.tsv", format!("{HEADER}{BODIES}")),
    ]);
    let lexicon = Lexicon::load(&Files::embedded().with(own)).expect("the lists are right");
    Engine::new(lexicon, String::new())
});

fn record(text: &str) -> Record {
    let meta = Meta { id: "x".to_owned(), ..Meta::default() };
    ENGINE.process(RawDocument { meta, media: Media::Plain, text: text.to_owned() })
}

/// Kind and link of each mention of `name`.
fn read(text: &str, name: &str) -> Vec<(String, String)> {
    let record = record(text);
    let link = |id: &Option<String>| {
        let entity = record.entities.iter().find(|entity| Some(&entity.id) == id.as_ref());
        entity.and_then(|entity| entity.link.clone()).unwrap_or_default()
    };
    let of_name = record.mentions.iter().filter(|mention| mention.text == name);
    of_name.map(|mention| (mention.kind.clone(), link(&mention.entity))).collect()
}

#[track_caller]
fn check(text: &str, name: &str, kind: &str, link: &str) {
    assert_eq!(read(text, name), [(kind.to_owned(), link.to_owned())], "{text}");
}

#[track_caller]
fn check_absent(text: &str, name: &str) {
    assert_eq!(read(text, name), [], "{text}");
}

#[test]
fn a_declared_kind_reaches_the_record() {
    check(
        "In fiera è stato presentato il nuovo Tornio Vega 9 per le officine.",
        "Tornio Vega 9",
        "product",
        "local:tornio",
    );
    check("La giuria ha assegnato la Ala Rossa Senior a tre imprese.", "Ala Rossa Senior", "award", "local:ala");
    check("Abbiamo provato la lunaria per un mese intero.", "lunaria", "product", "local:luna");
    let entity = record("Ecco il Tornio Vega 9.").entities.into_iter().find(|entity| entity.kind == "product");
    assert_eq!(entity.and_then(|entity| entity.label).as_deref(), Some("Tornio Vega 9"));
}

#[test]
fn an_undeclared_kind_is_told_with_its_line() {
    let list = format!("{HEADER}local:a\tprodcut\t\tTornio\n");
    let own = Files::from_pairs([("pack.toml", PACK.to_owned()), ("products/own.tsv", list)]);
    let error = gazzetta::lexicon::Gazetteer::load(&own).expect_err("the kind is not declared").to_string();
    assert!(error.starts_with("products/own.tsv:2: unknown kind 'prodcut'; write institution"), "{error}");
    assert!(error.contains("award, product, or declare it in pack.toml"), "{error}");
}

#[test]
fn needed_words_must_stand_near_and_forbidden_ones_must_not() {
    check("Le macchine di Gru Mosse lavorano nel porto.", "Gru Mosse", "institution", "local:gru");
    check("Arrivano le gru edili: Gru Mosse firma il contratto.", "Gru Mosse", "institution", "local:gru");
    check_absent("Secondo Gru Mosse il contratto è firmato.", "Gru Mosse");
    check_absent("Il macchinesco Gru Mosse tace.", "Gru Mosse");
    check_absent("Le macchine fotografano un uccello: Gru Mosse, dice la didascalia.", "Gru Mosse");
    // A rule may still find a body there: it is another one.
    let firm = "Gru Mosse S.r.l.";
    check("Le macchine di Gru Mosse S.r.l. lavorano nel porto.", firm, "institution", "local:gru");
    check("Un uccello guarda le macchine di Gru Mosse S.r.l. nel porto.", firm, "institution", "");
    // Of two rows of one name the one without conditions remains.
    check("Un uccello guarda le macchine di Lepre Alta nel porto.", "Lepre Alta", "institution", "local:lepre2");
}

#[test]
fn an_exact_name_is_found_as_written_only() {
    check("Il bilancio di Orma Viva è stato approvato.", "Orma Viva", "institution", "local:orma");
    assert!(
        !read("Il bilancio di ORMA VIVA è stato approvato.", "ORMA VIVA").iter().any(|(_, link)| link == "local:orma")
    );
}

#[test]
fn a_name_of_the_user_is_meant_before_a_shipped_one_of_another_id() {
    check("La nave costruita da Fincantieri è partita ieri.", "Fincantieri", "institution", "local:cantiere");
    // One that states its priority goes by it.
    check("Il rettore del KAIST ha aperto il convegno.", "KAIST", "institution", "ror:05apxxy63");
}

#[test]
fn a_row_of_the_user_wins_over_the_shipped_one() {
    let record = record("Il rettore dell'Università di Bologna ha aperto l'anno accademico.");
    let body = record.entities.iter().find(|entity| entity.link.as_deref() == Some("ror:01111rn36"));
    assert_eq!(body.and_then(|body| body.label.as_deref()), Some("Ateneo Felsineo di Prova"));
}

#[test]
fn the_neighborhood_tells_towns_of_one_name_apart() {
    check(
        "The company opened its office in Cambridge, Massachusetts, last year.",
        "Cambridge",
        "place",
        "geonames:4931972",
    );
    check(
        "The company is based in Cambridge, in the United Kingdom, since 1990.",
        "Cambridge",
        "place",
        "geonames:2653941",
    );
    check(
        "The Canadian government opened a plant in Cambridge, Ontario, on Monday.",
        "Cambridge",
        "place",
        "geonames:5913695",
    );
    check("La delegazione è arrivata a San José, in Costa Rica, lunedì.", "San José", "place", "geonames:3621849");
    check(
        "Una missione in Costa Rica: le imprese hanno visitato San José e i suoi parchi.",
        "San José",
        "place",
        "geonames:3621849",
    );
}

#[test]
fn an_old_name_of_one_town_gives_way_to_another_of_that_name() {
    let text =
        "La delegación salió de Zaragoza y viajó a México; en México visitó tres empresas mexicanas de Monterrey.";
    check(text, "Zaragoza", "place", "geonames:3104324");
}

#[test]
fn rows_in_doubt_are_told_with_scores() {
    let record = record("The meeting was held in Cambridge on Monday.");
    let town = record.entities.iter().find(|entity| entity.name == "Cambridge").expect("the town is found");
    let scores: Vec<f64> = town.candidates.iter().map(|candidate| candidate.score).collect();
    assert!(scores.len() >= 2 && scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    let total: f64 = scores.iter().sum();
    assert!((0.9..=1.0).contains(&total), "{scores:?}");
}

/// Country and best candidates of each entity of `name`, in order.
fn candidates(text: &str, name: &str) -> Vec<(String, Vec<(String, f64)>)> {
    let of_name = record(text).entities.into_iter().filter(|entity| entity.name == name);
    let scores = |entity: &gazzetta::record::Entity| {
        entity.candidates.iter().map(|candidate| (candidate.id.clone(), candidate.score)).collect()
    };
    of_name.map(|entity| (entity.country.clone().unwrap_or_default(), scores(&entity))).collect()
}

#[test]
fn scores_say_what_the_neighbors_told() {
    let told = candidates("The delegation visited Cambridge, Massachusetts, on Monday.", "Cambridge");
    let [(country, scores)] = &told[..] else { panic!("{told:?}") };
    assert!(country == "US" && scores.len() >= 2 && scores[0].1 > 0.9, "{told:?}");
    // One name, two towns.
    let told =
        candidates("La delegazione ha visitato San José, in Costa Rica, e poi San José in California.", "San José");
    let countries: Vec<&str> = told.iter().map(|(country, _)| country.as_str()).collect();
    assert_eq!(countries, ["CR", "US"], "{told:?}");
    // A name that is spelled like this comes before one that only reads alike.
    let told = candidates("La delegazione è partita per San José.", "San José");
    assert!(told.len() == 1 && told[0].0 == "CR" && told[0].1.len() >= 3, "{told:?}");
    // Among the firms of one name the one of the country beside it.
    let told = candidates("La multinazionale MSD in Francia ha aperto un laboratorio.", "MSD");
    assert!(told.len() == 1 && told[0].0 == "FR", "{told:?}");
}

#[test]
fn a_body_is_linked_whose_noun_is_written_small_or_whose_headline_is_in_capitals() {
    check("L'accordo con la regione Puglia è stato firmato ieri.", "regione Puglia", "institution", "ror:039k11f95");
    let text =
        "LA REGIONE MARCHE INCONTRA LE IMPRESE DELLA MECCANICA\n\nLe imprese hanno firmato un accordo con la Regione.";
    check(text, "REGIONE MARCHE", "institution", "ror:04s4apw49");
    check(
        "L'accordo con l'Université de Heidelberg è firmato.",
        "Université de Heidelberg",
        "institution",
        "ror:038t36y30",
    );
    let named =
        read("Intesa Sanpaolo apre una sede. Secondo Intesa i tassi scendono. C'è un Protocollo d'Intesa.", "Intesa");
    assert_eq!(named, [("institution".to_owned(), "ror:04a2yhg09".to_owned())]);
}

/// Ids that a name may mean, by rows of universities and towns of our own.
fn meant(universities: &str, name: &str) -> Vec<String> {
    let patterns = "family\tsubtype\tlang\tpattern\tinitial\n\
        university\tuniversity\tde\tUniversität {city}\t\nuniversity\tuniversity\ten\tUniversity of {city}\t\n\
        university\tuniversity\ten\t{city} University\t\nuniversity\tuniversity\tit\tUniversità di {city}\t\n\
        university\tuniversity\tfr\tUniversité de {city}\tconsonant\nuniversity\tuniversity\tfr\tUniversité d'{city}\tvowel\n";
    let towns = "local:lind\tplace\tcity\tLindau\tit:Lindavia|!Lintau\t\tDE\t\t\t\t\t\t70\n\
        local:auer\tplace\tcity\tAuerstadt\tit:Orastato|fr:Orville\t\tDE\t\t\t\t\t\t70\n\
        local:mia\tplace\tcity\tMiami\t\t\tUS\t\t\t\t\t\t80\n";
    let files = Files::from_pairs([
        ("evidence/name_patterns.tsv", patterns.to_owned()),
        ("institutions/own.tsv", format!("{HEADER}{universities}")),
        ("places/own.tsv", format!("{HEADER}{towns}")),
    ]);
    let gazetteer = gazzetta::lexicon::Gazetteer::load(&files).expect("the lists are right");
    let readings = gazetteer.spelling(name).into_iter().flat_map(|name| gazetteer.readings(name));
    let mut ids: Vec<String> = readings.map(|reading| gazetteer.entry(reading.entry).id.to_owned()).collect();
    ids.dedup();
    ids
}

#[test]
fn a_university_is_found_by_the_name_that_others_give_its_town() {
    let row = "local:u\tinstitution\tuniversity\tUniversität Lindau\t\t\tDE\tlocal:lind\t\t\t\t\t\n\
        local:v\tinstitution\tuniversity\tUniversity of Auerstadt\t\t\tDE\tiso3166:DE\t\t\t\t\t\n";
    for name in ["Università di Lindavia", "Università di Lindau", "University of Lindau", "Université de Lindau"] {
        assert_eq!(meant(row, name), ["local:u"], "{name}");
    }
    for name in ["Università di Orastato", "Universität Auerstadt", "Université d'Orville", "Université d'Auerstadt"]
    {
        assert_eq!(meant(row, name), ["local:v"], "{name}");
    }
    for name in ["Università di Lintau", "Université d'Lindau", "Université de Orville", "Universität Lindavia"] {
        assert_eq!(meant(row, name), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_name_by_pattern_gives_way_to_a_listed_one_and_two_of_them_leave_a_doubt() {
    let two = "local:u\tinstitution\tuniversity\tUniversität Lindau\t\t\tDE\tlocal:lind\t\t\t\t\t\n\
        local:w\tinstitution\tuniversity\tLindau University\t\t\tDE\tlocal:lind\t\t\t\t\t\n";
    assert_eq!(meant(two, "Università di Lindau"), ["local:u", "local:w"]);
    let listed = two.replace("Lindau University\t", "Lindau University\tit:Università di Lindau");
    assert_eq!(meant(&listed, "Università di Lindau"), ["local:w"]);
    let elsewhere = "local:m\tinstitution\tuniversity\tMiami University\t\t\tUS\tiso3166:US\t\t\t\t\t\n\
        local:n\tinstitution\tuniversity\tUniversity of Miami\t\t\tUS\tlocal:lind\t\t\t\t\t\n";
    assert_eq!(meant(elsewhere, "Università di Miami"), Vec::<String>::new());
    let company = "local:c\tinstitution\tcompany\tUniversität Lindau\t\t\tDE\tlocal:lind\t\t\t\t\t\n";
    assert_eq!(meant(company, "Università di Lindau"), Vec::<String>::new());
}

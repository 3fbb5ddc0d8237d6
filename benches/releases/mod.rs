//! Invented press releases of a fixed seed: the names of the lists in the sentences that press offices write.

use gazzetta::lexicon::{Files, Table};

/// A small generator of numbers (xorshift64*): the corpus must be the same everywhere, forever.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn pick<'t, T: ?Sized>(&mut self, list: &[&'t T]) -> &'t T {
        list[(self.next() >> 33) as usize % list.len()]
    }
}

/// Sentences with `{I}` for an institution, `{C}` a city, `{P}` a person, `{D}` a date, `{S}` a sector.
const SENTENCES: [&str; 24] = [
    "Una delegazione di {I} è in visita a {C} da {D} per incontrare {I} e {I}.",
    "«Torniamo con un calendario di lavoro e non con una promessa», ha detto {P} al termine dell’incontro.",
    "Il protocollo d'intesa firmato {D} riguarda {S}, {S} e la formazione di circa 120 giovani ricercatori.",
    "All’incontro hanno preso parte il presidente di {I}, {P}, la rettrice {P} e una ventina di imprese.",
    "Il valore dell'accordo è di 2,4 milioni di euro in tre anni, a cui si aggiungono le borse di studio.",
    "La giornata si è chiusa con la visita ai laboratori, dove lavorano 350 persone di undici paesi.",
    "Secondo i dati diffusi oggi, le esportazioni verso il paese sono cresciute del 7,5% rispetto allo scorso anno.",
    "Nel pomeriggio il gruppo ha raggiunto {C}, dove era atteso dai responsabili di {I}.",
    "The delegation of {I}, headed by {P}, met {I} in {C} on {D} to discuss {S}.",
    "“We have worked together for ten years, and this agreement makes it official,” said {P}.",
    "The memorandum of understanding covers joint laboratories, exchanges of staff and a summer school.",
    "More than 40 companies took part in the meetings, which were held at the premises of {I}.",
    "La délégation de {I}, conduite par {P}, a été reçue à {C} le {D}.",
    "Les deux parties ont signé un accord sur {S} et la mobilité des étudiants pour les trois prochaines années.",
    "La delegación de {I} visitó {C} y se reunió con {I} para hablar de {S}.",
    "El convenio prevé doce becas y un laboratorio conjunto, con una inversión de 900.000 euros.",
    "Eine Delegation von {I} reiste nach {C} und traf dort Vertreter von {I}.",
    "Die Vereinbarung umfasst gemeinsame Projekte, einen Austausch von Studierenden und eine Sommerschule.",
    "A delegação de {I} esteve em {C} e encontrou {I}; falou-se de {S}.",
    "O protocolo prevê a criação de um centro de investigação e a troca de docentes entre as duas instituições.",
    "Il programma prevede due tappe, un seminario aperto al pubblico e una serie di incontri riservati tra aziende.",
    "Tra i temi anche la sicurezza, i trasporti e il sostegno ai comuni colpiti dall'alluvione della primavera.",
    "La prossima riunione è fissata per {D}; nel frattempo un gruppo di lavoro preparerà il testo definitivo.",
    "Per {P}, assessora allo sviluppo economico, «è il risultato di un lavoro cominciato molto tempo fa».",
];
const DAYS: [&str; 8] = [
    "23 marzo 2024",
    "lunedì 3 giugno",
    "dal 5 al 9 maggio 2025",
    "ieri",
    "4 October 2024",
    "12.11.2025",
    "il 1° luglio",
    "15 mai 2025",
];
const GIVEN: [&str; 10] = ["Ada", "Carlo", "Giulia", "Marco", "Elena", "Paul", "Anne", "Jorge", "Lena", "Youngmi"];
const SURNAMES: [&str; 10] =
    ["Bertolani", "Corvini", "Delmonte", "Farinetti", "Grandori", "Hofer", "Lemaire", "Navarro", "Pimentel", "Seok"];
const SECTORS: [&str; 8] = [
    "robotica",
    "intelligenza artificiale",
    "aerospace",
    "biotecnologie",
    "turismo",
    "hydrogène",
    "Medizintechnik",
    "agroalimentare",
];
/// Languages of the sentences: each release keeps to one.
const LANGUAGES: [std::ops::Range<usize>; 6] = [0..8, 20..24, 8..12, 12..14, 14..16, 16..18];

/// Releases of 2 to 3 kB, `n_bytes` of text in all, with names of `files`.
pub fn corpus(files: &Files, n_bytes: usize) -> Vec<String> {
    let institutions = names(files, "institutions/", 20_000);
    let cities = names(files, "places/", 20_000);
    let mut numbers = Numbers(0x6761_7A7A_6574_7461);
    let (mut texts, mut n_left) = (Vec::new(), n_bytes as i64);
    while n_left > 0 {
        // Seven of ten are Italian.
        let language = if numbers.next() % 10 < 7 { 0 } else { 1 + (numbers.next() % 5) as usize };
        let mut text = String::new();
        while text.len() < 2_000 + (numbers.next() % 1_000) as usize {
            let range = LANGUAGES[if language == 0 { (numbers.next() % 2) as usize } else { language }].clone();
            let sentence = SENTENCES[range.start + (numbers.next() >> 33) as usize % range.len()];
            fill(sentence, &mut numbers, &institutions, &cities, &mut text);
            text.push_str(if numbers.next().is_multiple_of(4) { "\n\n" } else { " " });
        }
        n_left -= text.len() as i64;
        texts.push(text);
    }
    texts
}

fn fill(sentence: &str, numbers: &mut Numbers, institutions: &[&str], cities: &[&str], text: &mut String) {
    let mut rest = sentence;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        match &rest[at..at + 3] {
            "{I}" => text.push_str(numbers.pick(institutions)),
            "{C}" => text.push_str(numbers.pick(cities)),
            "{D}" => text.push_str(numbers.pick(&DAYS)),
            "{S}" => text.push_str(numbers.pick(&SECTORS)),
            _ => {
                text.push_str(numbers.pick(&GIVEN));
                text.push(' ');
                text.push_str(numbers.pick(&SURNAMES));
            }
        }
        rest = &rest[at + 3..];
    }
    text.push_str(rest);
}

/// Names of the lists below `folder`, evenly taken.
fn names<'f>(files: &'f Files, folder: &'f str, n_names: usize) -> Vec<&'f str> {
    let rows =
        files.below(folder).filter_map(Result::ok).flat_map(|(path, text)| Table::new(path, text).rows(["name"]));
    let all: Vec<&str> = rows.filter_map(Result::ok).map(|row| row.cells[0]).collect();
    let step = (all.len() / n_names).max(1);
    all.into_iter().step_by(step).collect()
}

/// The text as a page of the web, with what surrounds it there.
pub fn page(text: &str) -> String {
    let paragraphs: String =
        text.split("\n\n").map(|paragraph| format!("<p>{}</p>\n", paragraph.replace('&', "&amp;"))).collect();
    format!(
        "<!DOCTYPE html><html lang=\"it\"><head><meta charset=\"utf-8\"><title>Comunicato</title></head><body>\
         <nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/news\">Notizie</a></li></ul></nav>\
         <main><article>\n{paragraphs}</article></main><footer><p>Tutti i diritti riservati</p></footer></body></html>"
    )
}

//! Zones and sentences: how releases in six languages are laid out. All texts are invented.

mod shipped;

use gazzetta::{
    Lexicon,
    document::{Document, Zone},
    lang::Detector,
    raw::{Media, Meta},
    text::clean,
};
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(shipped::lexicon);

/// Every sentence with the first letter of its zone: `h`eadline, `d`ateline, `b`ody, b`o`ilerplate, `c`ontacts.
fn read(media: Media, language: &str, source: &str) -> (Option<String>, Vec<String>) {
    let text = clean(media, source.to_owned());
    let detection = Detector::new(&LEXICON.packs).detect(&text, Some(language));
    let document = Document::new(Meta::default(), text, detection, &LEXICON.packs);
    let letter = |zone| match zone {
        Zone::Headline => 'h',
        Zone::Dateline => 'd',
        Zone::Body => 'b',
        Zone::Boilerplate => 'o',
        Zone::Contacts => 'c',
    };
    let show = |sentence: &gazzetta::document::Sentence<'_>| {
        format!("{} {}", letter(sentence.zone), sentence.span.of(document.as_str()))
    };
    (document.title.clone(), document.sentences.iter().map(show).collect())
}

#[track_caller]
fn check_zones(language: &str, source: &str, title: &str, expected: &[&str]) {
    let (found_title, found) = read(Media::Plain, language, source);
    assert_eq!(found, expected);
    assert_eq!(found_title.as_deref(), Some(title));
}

#[track_caller]
fn check_sentences(language: &str, text: &str, expected: &[&str]) {
    let found: Vec<String> =
        read(Media::Plain, language, text).1.iter().map(|sentence| sentence[2..].to_owned()).collect();
    assert_eq!(found, expected, "[{language}]");
}

#[test]
fn italian_releases_have_zones() {
    check_zones(
        "it",
        "COMUNICATO STAMPA\n\nMissione a Busan, firmato l’accordo\nDodici imprese in visita ai cantieri\n\n\
         Ancona, 28 marzo 2025 – La delegazione è rientrata. Ne facevano parte dodici imprese.\n\n\
         Programma\n- Enea\n- Cnr\n\nIl prossimo incontro è in aprile.\n\n\
         Chi siamo\nIl Polo delle Onde riunisce dodici imprese.\n\n\
         Contatti stampa:\nAda Prova, tel. 071 555 0100\nstampa@onde.example.org",
        "Missione a Busan, firmato l’accordo",
        &[
            "h COMUNICATO STAMPA",
            "h Missione a Busan, firmato l’accordo",
            "h Dodici imprese in visita ai cantieri",
            "d Ancona, 28 marzo 2025 –",
            "b La delegazione è rientrata.",
            "b Ne facevano parte dodici imprese.",
            "b Programma",
            "b - Enea",
            "b - Cnr",
            "b Il prossimo incontro è in aprile.",
            "o Chi siamo",
            "o Il Polo delle Onde riunisce dodici imprese.",
            "c Contatti stampa:",
            "c Ada Prova, tel. 071 555 0100",
            "c stampa@onde.example.org",
        ],
    );
}

#[test]
fn english_releases_have_zones() {
    check_zones(
        "en",
        "FOR IMMEDIATE RELEASE\n\nONTARIO MISSION MEETS PARTNERS\n\nMILAN, Feb. 21, 2025 – Twelve firms spent four days here.\n\n\
         About forty people came. They talked.\n\nAbout Wave Cluster\nWave Cluster unites twelve firms.\n\n\
         For media inquiries: Dana Test, 613-555-0156.",
        "ONTARIO MISSION MEETS PARTNERS",
        &[
            "h FOR IMMEDIATE RELEASE",
            "h ONTARIO MISSION MEETS PARTNERS",
            "d MILAN, Feb. 21, 2025 –",
            "b Twelve firms spent four days here.",
            "b About forty people came.",
            "b They talked.",
            "o About Wave Cluster",
            "o Wave Cluster unites twelve firms.",
            "c For media inquiries: Dana Test, 613-555-0156.",
        ],
    );
}

#[test]
fn french_releases_have_zones() {
    check_zones(
        "fr",
        "Communiqué de presse\n\nTOULOUSE REÇOIT UNE DÉLÉGATION\n\nToulouse, le 3 avril 2025 – La délégation a séjourné en Occitanie.\n\n\
         À propos du Pôle des Vagues\nLe Pôle réunit douze entreprises.\n\nRenseignements : Ada Essai, 05 61 55 01 45",
        "TOULOUSE REÇOIT UNE DÉLÉGATION",
        &[
            "h Communiqué de presse",
            "h TOULOUSE REÇOIT UNE DÉLÉGATION",
            "d Toulouse, le 3 avril 2025 –",
            "b La délégation a séjourné en Occitanie.",
            "o À propos du Pôle des Vagues",
            "o Le Pôle réunit douze entreprises.",
            "c Renseignements : Ada Essai, 05 61 55 01 45",
        ],
    );
}

#[test]
fn spanish_releases_have_zones() {
    check_zones(
        "es",
        "NOTA DE PRENSA\n\nValencia refuerza sus lazos con Corea\n\nValencia, 9 de mayo de 2025.- La delegación ha vuelto hoy.\n\n\
         Sobre el Clúster de las Olas\nEl Clúster reúne a doce empresas.\n\nContacto de prensa: Ada Prueba, prensa@olas.example.org",
        "Valencia refuerza sus lazos con Corea",
        &[
            "h NOTA DE PRENSA",
            "h Valencia refuerza sus lazos con Corea",
            "d Valencia, 9 de mayo de 2025.-",
            "b La delegación ha vuelto hoy.",
            "o Sobre el Clúster de las Olas",
            "o El Clúster reúne a doce empresas.",
            "c Contacto de prensa: Ada Prueba, prensa@olas.example.org",
        ],
    );
}

#[test]
fn german_releases_have_zones() {
    check_zones(
        "de",
        "Pressemitteilung Nr. 12/2025\n\nBaden stärkt Beziehungen zu Korea\n\nStuttgart, 07.11.2025 – Die Delegation ist am 6. November \
         zurückgekehrt. Sie besuchte Busan.\n\nÜber den Wellencluster\nDer Cluster vereint zwölf Firmen.\n\nPressekontakt\nAda Probe",
        "Baden stärkt Beziehungen zu Korea",
        &[
            "h Pressemitteilung Nr. 12/2025",
            "h Baden stärkt Beziehungen zu Korea",
            "d Stuttgart, 07.11.2025 –",
            "b Die Delegation ist am 6. November zurückgekehrt.",
            "b Sie besuchte Busan.",
            "o Über den Wellencluster",
            "o Der Cluster vereint zwölf Firmen.",
            "c Pressekontakt",
            "c Ada Probe",
        ],
    );
}

#[test]
fn portuguese_releases_have_zones() {
    check_zones(
        "pt",
        "COMUNICADO DE IMPRENSA\n\nPorto reforça laços com a Coreia\n\nPorto, 9 de maio de 2025 – A delegação regressou hoje.\n\n\
         Sobre o Polo das Ondas\nO Polo reúne doze empresas.\n\nContactos para a imprensa: Ada Teste",
        "Porto reforça laços com a Coreia",
        &[
            "h COMUNICADO DE IMPRENSA",
            "h Porto reforça laços com a Coreia",
            "d Porto, 9 de maio de 2025 –",
            "b A delegação regressou hoje.",
            "o Sobre o Polo das Ondas",
            "o O Polo reúne doze empresas.",
            "c Contactos para a imprensa: Ada Teste",
        ],
    );
}

#[test]
fn datelines_have_many_layouts() {
    let body = "La delegazione è rientrata dopo sei giorni di incontri con le imprese.";
    for (language, dateline) in [
        ("it", "PERUGIA, 28 marzo 2025 –"),
        ("it", "Perugia, 28 marzo –"),
        ("it", "(ONDA) - ROMA, 12 MAR -"),
        ("it", "ROMA (ONDA) -"),
        ("it", "Potenza / Matera, 15 gennaio 2026 –"),
        ("it", "Reggio nell’Emilia, lì 3 marzo 2025 -"),
        ("it", "Roma 12 marzo 2025 —"),
        ("it", "L’Aquila, lunedì 3 marzo 2025 –"),
        ("it", "Bari, 1° aprile 2025 –"),
        ("it", "28/03/2025 –"),
        ("it", "Cesena (FC), 3 marzo 2025."),
        ("en", "MILAN, Feb. 21, 2025 –"),
        ("en", "(Barcelona, 9 September 2025)"),
        ("en", "OTTAWA, March 3, 2025 —"),
        ("en", "London, UK – 3 March 2025 –"),
        ("en", "NEW YORK, N.Y., Oct. 2, 2025 --"),
        ("en", "Tuesday, 3 March 2025 -"),
        ("fr", "Toulouse, le 3 avril 2025 –"),
        ("fr", "Lyon, 1er avril 2025 —"),
        ("fr", "Paris, le mardi 3 juin 2025 -"),
        ("es", "Madrid, a 9 de mayo de 2025.-"),
        ("es", "Sevilla, 9 de mayo de 2025 –"),
        ("de", "Stuttgart, 07.11.2025 –"),
        ("de", "Stuttgart, den 7. November 2025 –"),
        ("pt", "Lisboa, 9 de maio de 2025 –"),
        ("und", "Tokyo, 2025-03-28 –"),
    ] {
        let (_, found) =
            read(Media::Plain, language, &format!("Un titolo breve\n\n{dateline} {body}\n\nSegue. Ancora."));
        assert_eq!(found.get(1..3), Some(&[format!("d {dateline}"), format!("b {body}")][..]), "{dateline}");
    }
}

#[test]
fn a_line_of_place_and_date_is_a_dateline() {
    let (title, found) =
        read(Media::Plain, "it", "Perugia, 28 marzo 2025\n\nUn titolo breve\n\nLa delegazione è rientrata. Riposa.");
    assert_eq!(found[..2], ["d Perugia, 28 marzo 2025", "h Un titolo breve"]);
    assert_eq!(title.as_deref(), Some("Un titolo breve"));
}

#[test]
fn a_sentence_with_a_number_is_no_dateline() {
    for text in [
        "Sono 15 le aziende – tutte lombarde – che partono domani per il Giappone.",
        "Nel 2025 – anno record – le imprese hanno esportato di più in tutti i settori.",
        "Michele Prova – presidente del polo – ha salutato la delegazione in partenza.",
        "Il 28 marzo 2025 la delegazione è rientrata dopo sei giorni di incontri a Busan.",
        "Missione 2025: 12 imprese a Busan, poi tutti a casa con un accordo in tasca.",
    ] {
        let (_, found) = read(Media::Plain, "it", &format!("Un titolo breve\n\n{text}\n\nSegue. Ancora."));
        assert_eq!(found[1], format!("b {text}"));
    }
}

#[test]
fn sentences_end_where_they_should() {
    check_sentences(
        "it",
        "Il prof. Rossi e la dott.ssa Bianchi sono partiti. Torneranno.",
        &["Il prof. Rossi e la dott.ssa Bianchi sono partiti.", "Torneranno."],
    );
    check_sentences(
        "it",
        "La Prova S.p.A. di Bari cresce. La Onde S.r.l. no.",
        &["La Prova S.p.A. di Bari cresce.", "La Onde S.r.l. no."],
    );
    check_sentences(
        "it",
        "È nata la Onde S.p.A. Il capitale è di 1.250,50 euro.",
        &["È nata la Onde S.p.A.", "Il capitale è di 1.250,50 euro."],
    );
    check_sentences(
        "it",
        "L’art. 5 e il n. 12 restano. Così ha detto.",
        &["L’art. 5 e il n. 12 restano.", "Così ha detto."],
    );
    check_sentences(
        "it",
        "«Che bello!» ha detto. «Torniamo». Poi via...",
        &["«Che bello!» ha detto.", "«Torniamo».", "Poi via..."],
    );
    check_sentences(
        "it",
        "Bando su www.onde.example.org/bando.html e a info@onde.example.org. Scade presto.",
        &["Bando su www.onde.example.org/bando.html e a info@onde.example.org.", "Scade presto."],
    );
    check_sentences(
        "it",
        "G. B. Prova c’era. J.R.R. Test no… Forse.",
        &["G. B. Prova c’era.", "J.R.R. Test no…", "Forse."],
    );
    check_sentences("it", "1. Enea è qui.\n2. Cnr è là.", &["1. Enea è qui.", "2. Cnr è là."]);
    check_sentences("it", "Verdure, frutta, ecc. Il resto segue.", &["Verdure, frutta, ecc.", "Il resto segue."]);
    check_sentences(
        "en",
        "Dr. Test of Wave Inc. met Ms. Probe. The U.S. team won.",
        &["Dr. Test of Wave Inc. met Ms. Probe.", "The U.S. team won."],
    );
    check_sentences(
        "en",
        "She said no. They left at 5 p.m. Nobody stayed.",
        &["She said no.", "They left at 5 p.m. Nobody stayed."],
    );
    check_sentences(
        "de",
        "Am 3. Mai kam Dr. Probe z. B. nach Köln. Dann ging er.",
        &["Am 3. Mai kam Dr. Probe z. B. nach Köln.", "Dann ging er."],
    );
    check_sentences(
        "fr",
        "M. Essai et Mme. Preuve sont là. Ils partent.",
        &["M. Essai et Mme. Preuve sont là.", "Ils partent."],
    );
    check_sentences(
        "es",
        "El Sr. Prueba y la Dra. Ensayo viajan. ¿Cuándo? Hoy.",
        &["El Sr. Prueba y la Dra. Ensayo viajan.", "¿Cuándo?", "Hoy."],
    );
    check_sentences(
        "pt",
        "O Sr. Teste chegou às 9. A reunião começou.",
        &["O Sr. Teste chegou às 9.", "A reunião começou."],
    );
    check_sentences("und", "Foo bar. Baz qux.", &["Foo bar.", "Baz qux."]);
}

#[test]
fn cells_and_lines_of_pages_are_sentences() {
    let (_, found) = read(
        Media::Html,
        "it",
        "<p>Prima riga<br>Seconda riga</p><table><tr><td>Enea<td>Roma<tr><td>Cnr<td>Bari</table>",
    );
    let texts: Vec<&str> = found.iter().map(|sentence| &sentence[2..]).collect();
    assert_eq!(texts, ["Prima riga", "Seconda riga", "Enea", "Roma", "Cnr", "Bari"]);
}

#[test]
fn contacts_amid_a_release_do_not_swallow_it() {
    let long = "La delegazione ha visitato il porto e ha incontrato il sindaco per parlare dei piani del nuovo centro di ricerca. ".repeat(4);
    let (_, found) = read(
        Media::Plain,
        "it",
        &format!(
            "Un titolo breve\n\nÈ partita la missione. Durerà.\n\nPer informazioni: info@onde.example.org\n\n{long}\n"
        ),
    );
    assert_eq!(found[3], "c Per informazioni: info@onde.example.org");
    assert!(found[4].starts_with("b La delegazione"), "{}", found[4]);
}

//! Which language short texts are in. All texts are invented.

mod shipped;

use gazzetta::{lang::Detector, raw::Media, text::clean};
use std::sync::LazyLock;

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::new(&shipped::lexicon().packs));

fn language_of(text: &str) -> String {
    DETECTOR.detect(&clean(Media::Plain, text.to_owned()), None).code
}

/// Headlines of releases, by language; twenty each.
const HEADLINES: &[(&str, &[&str])] = &[
    (
        "it",
        &[
            "Missione in Giappone, bilancio positivo per le imprese",
            "Firmato l’accordo tra i due atenei",
            "Delegazione coreana in visita al porto",
            "Il presidente incontra l'ambasciatore",
            "Dieci aziende alla fiera di Osaka",
            "Nuovo bando per la ricerca marina",
            "Sanità, la Regione guarda al Canada",
            "Aperte le iscrizioni al corso di cantieristica",
            "Agroalimentare: i buyer esteri in cantina",
            "L’assessora: «Un passo avanti per i distretti»",
            "Robot e vigneti, intesa con il Cile",
            "COOPERAZIONE, AL VIA IL PROGETTO PER LE SCUOLE",
            "Tornano dalla missione le imprese del mobile",
            "Dall'idrogeno nuove opportunità",
            "Visita istituzionale a Nairobi",
            "Il distretto della ceramica cresce all’estero",
            "Protocollo d’intesa sulle scienze della vita",
            "Export, segnali di ripresa nel trimestre",
            "Una giornata di studio sulla pesca",
            "Accolti gli studenti della scuola estiva",
        ],
    ),
    (
        "en",
        &[
            "Trade mission to Osaka ends on a high note",
            "Minister welcomes the Italian delegation",
            "New agreement on marine research",
            "Ten companies join the food fair",
            "University signs partnership with Korean institute",
            "Governor opens the new laboratory",
            "A week of meetings for clean energy firms",
            "Investment forum to be held in spring",
            "Cluster strengthens ties with Canada",
            "HARBOR CITIES AGREE ON HYDROGEN",
            "Students return from summer school",
            "Health companies look to the East",
            "Call for proposals now open",
            "Delegation visits the space center",
            "What we learned from the mission",
            "Robots meet vineyards in Chile",
            "Exports grow for the third quarter",
            "Two universities and one harbor",
            "Statement on the visit to Nairobi",
            "Joint workshop on ceramics announced",
        ],
    ),
    (
        "fr",
        &[
            "Mission au Japon : un bilan positif pour les entreprises",
            "Signature d’un accord entre deux universités",
            "Une délégation coréenne en visite au port",
            "Le président rencontre l'ambassadeur",
            "Dix entreprises au salon d’Osaka",
            "Nouvel appel à projets pour la recherche marine",
            "Santé : la Région regarde vers le Canada",
            "Ouverture du centre spatial aux étudiants",
            "Des robots dans les vignes",
            "LA RÉGION RENFORCE SES LIENS AVEC LE CHILI",
            "Retour de mission pour les industriels du meuble",
            "L’hydrogène au cœur des échanges",
            "Visite officielle à Nairobi",
            "La céramique se développe à l’étranger",
            "Protocole d’entente sur les sciences de la vie",
            "Les exportations repartent à la hausse",
            "Une journée d’étude sur la pêche",
            "Accueil des élèves de l’école d’été",
            "Le pôle agroalimentaire ouvre ses portes",
            "Deux ports signent une charte",
        ],
    ),
    (
        "es",
        &[
            "Misión a Japón: balance positivo para las empresas",
            "Firmado el acuerdo entre las dos universidades",
            "Una delegación coreana visita el puerto",
            "El presidente se reúne con el embajador",
            "Diez empresas en la feria de Osaka",
            "Nueva convocatoria para la investigación marina",
            "La región mira hacia Canadá",
            "Abierto el centro espacial a los estudiantes",
            "Robots en los viñedos de Chile",
            "LA REGIÓN REFUERZA SUS LAZOS CON COREA",
            "Regresan de la misión las empresas del mueble",
            "El hidrógeno, nueva oportunidad",
            "Visita institucional a Nairobi",
            "La cerámica crece en el exterior",
            "Protocolo sobre ciencias de la vida",
            "Las exportaciones vuelven a crecer",
            "Una jornada de estudio sobre la pesca",
            "Los alumnos de la escuela de verano",
            "El clúster alimentario abre sus puertas",
            "Dos puertos firman una carta",
        ],
    ),
    (
        "de",
        &[
            "Delegationsreise nach Japan: positive Bilanz",
            "Zwei Hochschulen unterzeichnen Abkommen",
            "Koreanische Delegation besucht den Hafen",
            "Ministerpräsident trifft den Botschafter",
            "Zehn Firmen auf der Messe in Osaka",
            "Neue Ausschreibung für Meeresforschung",
            "Das Land blickt nach Kanada",
            "Raumfahrtzentrum öffnet für Studierende",
            "Roboter im Weinberg",
            "LAND STÄRKT DIE BEZIEHUNGEN ZU CHILE",
            "Möbelhersteller kehren aus Asien zurück",
            "Wasserstoff eröffnet neue Chancen",
            "Staatsbesuch in Nairobi",
            "Die Keramik wächst im Ausland",
            "Absichtserklärung zu Lebenswissenschaften",
            "Ausfuhren steigen wieder",
            "Ein Tag für die Fischerei",
            "Schüler aus der Sommerschule empfangen",
            "Lebensmittelcluster öffnet seine Türen",
            "Zwei Häfen und eine Charta",
        ],
    ),
    (
        "pt",
        &[
            "Missão ao Japão: balanço positivo para as empresas",
            "Assinado o acordo entre as duas universidades",
            "Delegação coreana visita o porto",
            "O presidente encontra-se com o embaixador",
            "Dez empresas na feira de Osaka",
            "Novo concurso para a investigação marinha",
            "A região olha para o Canadá",
            "Centro espacial abre aos estudantes",
            "Robôs nas vinhas do Chile",
            "REGIÃO REFORÇA OS LAÇOS COM A COREIA",
            "Regressam da missão as empresas do mobiliário",
            "O hidrogénio é uma nova oportunidade",
            "Visita institucional a Nairóbi",
            "A cerâmica cresce no exterior",
            "Protocolo sobre ciências da vida",
            "As exportações voltam a crescer",
            "Uma jornada de estudo sobre a pesca",
            "Os alunos da escola de verão",
            "O polo alimentar abre as suas portas",
            "Dois portos assinam uma carta",
        ],
    ),
    (
        "nl",
        &[
            "Handelsmissie naar Japan: ondernemers zien volop kansen",
            "Twee universiteiten ondertekenen een overeenkomst",
            "Koreaanse delegatie bezoekt de haven",
            "De minister ontmoet de ambassadeur",
            "Tien bedrijven op de beurs van Osaka",
            "Nieuwe oproep voor onderzoek op zee",
            "De provincie kijkt naar Canada",
            "Het ruimtevaartcentrum opent de deuren voor studenten",
            "Robots in de wijngaard: akkoord met Chili",
            "DE REGIO VERSTERKT HAAR BANDEN MET KOREA",
            "Meubelmakers keren terug uit Azië",
            "Waterstof biedt nieuwe kansen voor het noorden",
            "Een bezoek aan Nairobi",
            "De uitvoer groeit weer in het derde kwartaal",
            "Een dag over visserij en klimaat",
            "Studenten van de zomerschool ontvangen",
            "Het cluster zoekt partners voor een project",
            "Twee havens tekenen een intentieverklaring",
            "Wat wij van de missie hebben geleerd",
            "Gezondheidszorg: samenwerking met Ierland",
        ],
    ),
];

#[test]
fn headlines_are_in_their_language() {
    let mut wrong = Vec::new();
    let mut n_headlines = 0;
    for (code, headlines) in HEADLINES {
        for headline in *headlines {
            n_headlines += 1;
            let found = language_of(headline);
            if found != *code {
                wrong.push(format!("{code} taken for {found}: {headline}"));
            }
        }
    }
    // Headlines of names and nouns alone stay a matter of luck.
    assert!(wrong.len() * 100 <= n_headlines * 5, "{} of {n_headlines}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_language_without_a_pack_is_unknown() {
    for text in [
        "Delegationen fra regionen besøgte i denne uge havnen og talte med borgmesteren om planerne for det nye forskningscenter, som skal bygges inden for tre år.",
        "Delegacja regionu odwiedziła w tym tygodniu port i rozmawiała z burmistrzem o planach budowy nowego ośrodka badawczego, który ma powstać w ciągu trzech lat.",
        "Delegația regiunii a vizitat săptămâna aceasta portul și a discutat cu primarul despre planurile pentru noul centru de cercetare care va fi construit în trei ani.",
        "La delegació de la regió ha visitat aquesta setmana el port amb els responsables dels centres de recerca i s’ha reunit amb l’alcaldessa per parlar dels nous projectes.",
        "Delegationen från regionen besökte denna vecka hamnen och talade med borgmästaren om planerna för det nya forskningscentret som ska byggas inom tre år.",
        "Делегация региона посетила на этой неделе порт и обсудила с мэром планы строительства нового исследовательского центра.",
        "대표단은 이번 주에 항구를 방문하여 시장과 새로운 연구 센터 건설 계획에 대해 논의했다.",
        "代表団は今週、港を訪れ、新しい研究センターの計画について市長と話し合った。",
    ] {
        assert_eq!(language_of(text), "und", "{text}");
    }
}

#[test]
fn a_passage_in_another_language_is_told() {
    let italian = "La delegazione ha visitato il porto e ha incontrato il sindaco per parlare dei piani del nuovo centro di ricerca.";
    let english = "The delegation visited the harbor and met the mayor to discuss the plans for the new research center of the region.";
    let korean = "대표단은 이번 주에 항구를 방문하여 시장과 새로운 연구 센터 건설 계획에 대해 논의했다. 연구 센터는 삼 년 안에 완공된다.";
    let names = "Università di Prova, Istituto delle Onde, Polo Navale, Consorzio Vele, Scuola del Mare, Fonderie Prova, Cantieri Prova";
    let text = format!(
        "Missione a Busan\n\n{italian}\n\n{names}\n\n{italian}\n\n{english}\n\nAbout us\n\n{english}\n\n{italian}\n\n{korean}\n"
    );
    let clean = clean(Media::Plain, text.clone());
    let detection = DETECTOR.detect(&clean, None);
    let codes: Vec<(&str, &str)> = detection
        .segments
        .iter()
        .map(|segment| (segment.code.as_str(), segment.span.of(clean.as_str()).split(' ').next().unwrap_or_default()))
        .collect();
    assert_eq!(codes, [("it", "Missione"), ("en", "The"), ("it", "La"), ("und", "대표단은")]);
    assert_eq!(detection.code, "it");
    let covered: String = detection.segments.iter().map(|segment| segment.span.of(clean.as_str())).collect();
    assert_eq!(covered, text);
}

#[test]
fn a_given_language_is_believed_however_it_is_written() {
    let text = clean(Media::Plain, "The delegation visited the harbor and met the mayor of the city.".to_owned());
    for given in ["it", "it-IT", "IT_it", "ita", "Italiano"] {
        assert_eq!(DETECTOR.detect(&text, Some(given)).code, "it", "{given}");
    }
    assert_eq!(DETECTOR.detect(&text, Some("sw")).code, "sw");
    assert_eq!(DETECTOR.detect(&text, Some("who knows")).code, "en");
}

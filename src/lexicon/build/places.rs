//! Countries, regions, cities and Italian municipalities.

use super::{
    Built,
    draft::{Draft, Name},
    fold::fold_name,
    rules::Rules,
    source::{SourceError, Sources, Thing},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The rows of all places, and how to find them.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) drafts: Vec<Draft>,
    /// Id of the municipality of an ISTAT code.
    pub(super) municipalities: HashMap<String, String>,
    /// Every id.
    pub(super) ids: BTreeSet<String>,
    /// Id of the region by country and folded name.
    regions: HashMap<(String, String), String>,
}

pub(super) fn read(sources: &Sources, rules: &Rules, built: &mut Built) -> Result<Places, SourceError> {
    let mut places = Places::default();
    countries(sources, rules, &mut places)?;
    regions(sources, rules, &mut places)?;
    let municipalities = municipalities(sources, rules, &mut places)?;
    cities(sources, rules, municipalities, &mut places, built)?;
    places.ids = places.drafts.iter().map(|draft| draft.id.clone()).collect();
    let ids = &places.ids;
    for draft in places.drafts.iter_mut().filter(|draft| !ids.contains(&draft.parent)) {
        let country = format!("iso3166:{}", draft.country);
        draft.parent = if ids.contains(&country) && country != draft.id { country } else { String::new() };
    }
    Ok(places)
}

fn countries(sources: &Sources, rules: &Rules, places: &mut Places) -> Result<(), SourceError> {
    for thing in sources.table("countries")?.things()? {
        let thing = thing?;
        let (scheme, code) = thing.id.split_once(':').unwrap_or(("", thing.id));
        let mut draft = match thing.subtype {
            "country" => Draft {
                id: format!("iso3166:{code}"),
                subtype: "country".to_owned(),
                priority: rules.priority("country"),
                ..Draft::from_thing(&thing, "places/countries", "place")
            },
            // Continents are vague areas, no places; the row keeps a shorter name inside from counting.
            "macroregion" => {
                Draft { id: format!("{scheme}:{code}"), ..Draft::from_thing(&thing, "places/areas", "nothing") }
            }
            // The union is a body and stands among those.
            _ => continue,
        };
        draft.is_chosen = true;
        draft.note.clear();
        split_acronyms(&mut draft);
        if !thing.geonames.is_empty() {
            draft.same_as.insert(format!("geonames:{}", thing.geonames));
        }
        places.drafts.push(draft);
    }
    Ok(())
}

/// Moves short forms in capitals (`USA`) among the acronyms.
fn split_acronyms(draft: &mut Draft) {
    let names = std::mem::take(&mut draft.names);
    for name in names {
        let is_short = name.text.chars().count() <= 4 && name.text.chars().all(|c| c.is_uppercase() || c == '.');
        draft.add(if is_short { "acr" } else { name.language.as_str() }, &name.text);
    }
}

fn regions(sources: &Sources, rules: &Rules, places: &mut Places) -> Result<(), SourceError> {
    // Regions whose people have a name of their own in six languages are known outside their country.
    let mut known: BTreeSet<String> = BTreeSet::new();
    for row in sources.table("demonyms")?.rows(["target"])? {
        known.extend(row?[0].strip_prefix("region:").map(|code| format!("iso3166-2:{code}")));
    }
    for thing in sources.table("regions")?.things()? {
        let thing = thing?;
        let code = thing.other("iso3166-2");
        let mut draft = Draft {
            id: format!("iso3166-2:{code}"),
            subtype: "region".to_owned(),
            ..Draft::from_thing(&thing, "places/regions", "place")
        };
        draft.is_chosen = known.contains(&draft.id);
        let is_high = rules.high_regions.iter().any(|word| thing.subtype.strip_prefix("admin:") == Some(word));
        let level = match draft.is_chosen {
            true => "region-listed",
            false if is_high => "region-high",
            false => "region",
        };
        draft.priority = rules.priority(level);
        strip(&mut draft, &rules.region_heads);
        for name in draft.names.iter().map(|name| name.text.as_str()).chain([thing.name]) {
            places.regions.entry((thing.country.to_owned(), fold_name(name))).or_insert_with(|| draft.id.clone());
        }
        places.drafts.push(draft);
    }
    Ok(())
}

/// Takes the generic words off the names. What is left counts alone where it is also a full name of the region:
/// `Golfo` is none, though there is a `Provincia del Golfo`.
fn strip(draft: &mut Draft, heads: &[String]) {
    let whole: BTreeSet<String> = draft.names.iter().map(|name| fold_name(&name.text)).collect();
    for name in &mut draft.names {
        let text = bare(&name.text, heads);
        name.is_weak = text != name.text && !whole.contains(&fold_name(&text));
        name.text = text;
    }
    draft.name = bare(&draft.name, heads);
}

/// A region's name without the generic words around it: `provincia di X`, `X (provincia)`.
fn bare(name: &str, heads: &[String]) -> String {
    let name = name.split_once(" (").map_or(name, |(name, _)| name);
    let lower = name.to_lowercase();
    let head = heads.iter().filter(|head| lower.starts_with(head.as_str())).map(String::len).max();
    let rest = head.and_then(|len| name.get(len..)).map(str::trim).filter(|rest| rest.chars().count() > 2);
    rest.unwrap_or(name).to_owned()
}

fn municipalities(sources: &Sources, rules: &Rules, places: &mut Places) -> Result<Vec<Draft>, SourceError> {
    let mut municipalities = Vec::new();
    let mut provinces: BTreeMap<String, String> = BTreeMap::new();
    let regions: BTreeSet<String> = places.drafts.iter().map(|draft| draft.id.clone()).collect();
    for thing in sources.table("comuni_it")?.things()? {
        let thing = thing?;
        let province = format!("iso3166-2:{}-{}", thing.country, thing.other("prov"));
        let region = places.region(thing.country, thing.other("region")).unwrap_or_default();
        let has_province = regions.contains(&province);
        let mut draft = Draft {
            id: format!("istat:{}", thing.other("istat")),
            subtype: "city".to_owned(),
            parent: if has_province { province.clone() } else { region.clone() },
            priority: rules.priority(size(thing.population(), true)),
            ..Draft::from_thing(&thing, "places/italy", "place")
        };
        if has_province && !region.is_empty() && province != region {
            provinces.insert(province, region);
        }
        split_bilingual(&mut draft);
        municipalities.push(draft);
    }
    shorten(&mut municipalities);
    for draft in &mut places.drafts {
        if let Some(region) = provinces.remove(&draft.id) {
            draft.parent = region;
            draft.priority = rules.priority("province");
        }
    }
    Ok(municipalities)
}

/// Letters that the first word of a town's name has at least to stand for the town.
const MIN_SHORT: usize = 5;
/// Towns that may share a first word; one that more have tells none of them (`Monte`, `Castel`).
const MAX_SHARED: usize = 2;

/// Adds the first word of names of several words as a weak name: people say `Lamezia` for Lamezia Terme.
fn shorten(municipalities: &mut [Draft]) {
    let first = |name: &str| name.split([' ', '-', '\'']).next().unwrap_or_default().to_owned();
    let mut shares: HashMap<String, usize> = HashMap::new();
    for draft in municipalities.iter() {
        // A town that has the word as its whole name is meant before any other.
        let n_towns = if draft.name.contains(' ') { 1 } else { MAX_SHARED + 1 };
        *shares.entry(first(&draft.name)).or_default() += n_towns;
    }
    for draft in municipalities.iter_mut().filter(|draft| draft.name.contains(' ')) {
        let short = first(&draft.name);
        if short.chars().count() >= MIN_SHORT && shares[&short] <= MAX_SHARED {
            draft.names.push(Name { text: short, language: String::new(), is_weak: true });
        }
    }
}

/// `Bolzano/Bozen` is a town of two names.
fn split_bilingual(draft: &mut Draft) {
    if let Some((first, second)) = draft.name.clone().split_once('/') {
        draft.names.retain(|name| name.text != draft.name);
        draft.names.extend([first, second].map(|text| Name {
            text: text.to_owned(),
            language: String::new(),
            is_weak: false,
        }));
        draft.name = first.to_owned();
    }
}

fn cities(
    sources: &Sources,
    rules: &Rules,
    municipalities: Vec<Draft>,
    places: &mut Places,
    built: &mut Built,
) -> Result<(), SourceError> {
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, draft) in municipalities.iter().enumerate() {
        let names = draft.names.iter().map(|name| fold_name(&name.text)).chain([fold_name(&draft.name)]);
        for name in names.collect::<BTreeSet<_>>() {
            by_name.entry(name).or_default().push(at);
        }
    }
    let home = municipalities.first().map(|draft| draft.country.clone()).unwrap_or_default();
    let mut municipalities: Vec<Option<Draft>> = municipalities.into_iter().map(Some).collect();
    for thing in sources.table("cities")?.things()? {
        let thing = thing?;
        let is_chosen = thing.origin != "geonames";
        let mut draft = Draft {
            id: format!("geonames:{}", thing.geonames),
            subtype: "city".to_owned(),
            parent: format!("iso3166-2:{}-{}", thing.country, thing.other("admin1")),
            priority: rules.priority(size(thing.population(), is_chosen)),
            is_chosen,
            ..Draft::from_thing(&thing, "places/cities", "place")
        };
        if thing.country == home {
            let names = draft.names.iter().filter(|name| !name.is_weak).map(|name| fold_name(&name.text));
            let same: BTreeSet<usize> = names.filter_map(|name| by_name.get(&name)).flatten().copied().collect();
            if let Some(town) =
                nearest(&same, &municipalities, draft.population).and_then(|at| municipalities[at].take())
            {
                built.count("municipalities that are a city of GeoNames");
                draft = merged(town, draft, &mut places.municipalities);
            }
        }
        places.drafts.push(draft);
    }
    for draft in municipalities.into_iter().flatten() {
        places.municipalities.insert(draft.id.clone(), draft.id.clone());
        places.drafts.push(draft);
    }
    Ok(())
}

/// Of several municipalities of one name the one whose population is nearest, unless it is nowhere near.
fn nearest(same: &BTreeSet<usize>, municipalities: &[Option<Draft>], population: u64) -> Option<usize> {
    let open = same.iter().copied().filter_map(|at| municipalities[at].as_ref().map(|draft| (at, draft.population)));
    let best = open.min_by_key(|&(_, other)| other.abs_diff(population))?;
    let (small, large) = (best.1.min(population), best.1.max(population));
    (small * 4 > large).then_some(best.0)
}

/// The municipality in the place of the city: the international id, the national names and province.
fn merged(town: Draft, city: Draft, municipalities: &mut HashMap<String, String>) -> Draft {
    municipalities.insert(town.id.clone(), city.id.clone());
    let mut draft = Draft { id: city.id.clone(), is_chosen: true, ..town.clone() };
    draft.same_as.insert(town.id);
    draft.union(city);
    draft
}

/// The word of the rules for the size of a town.
fn size(population: u64, is_chosen: bool) -> &'static str {
    match population {
        1_000_000.. => "city-million",
        100_000.. => "city-large",
        _ if is_chosen => "town-listed",
        15_000.. => "town",
        _ => "village",
    }
}

impl Places {
    /// The id of the region that `country` calls `name`; of two names joined by a slash either counts.
    pub(super) fn region(&self, country: &str, name: &str) -> Option<String> {
        let find = |name: &str| self.regions.get(&(country.to_owned(), fold_name(name))).cloned();
        find(name).or_else(|| name.split('/').find_map(find))
    }
}

/// What a row of a table of bodies says about where the body is: a municipality, a province, a region.
pub(super) fn seat(places: &Places, thing: &Thing<'_>) -> String {
    let municipality = || places.municipalities.get(&format!("istat:{}", thing.other("istat"))).cloned();
    let province = || {
        let id = format!("iso3166-2:{}-{}", thing.country, thing.other("prov"));
        places.ids.contains(&id).then_some(id)
    };
    let city = || {
        let id = format!("geonames:{}", thing.geonames);
        places.ids.contains(&id).then_some(id)
    };
    let country = || {
        let id = format!("iso3166:{}", thing.country);
        places.ids.contains(&id).then_some(id)
    };
    municipality().or_else(province).or_else(city).or_else(country).unwrap_or_default()
}

//! The compiled file, the cache and the layers.

use super::*;
use std::fs;

const TEXT: &str = "Il Banco del Nido e l’ARPAB a Vico: BANCO DEL NIDO.";

fn files() -> Files {
    let list = "id\tkind\tname\taliases\tacronym\tcountry\n\
        local:nido\tinstitution\tBanco del Nido\tit:Nido Banco\tBDN\tIT\n\
        local:vico\tplace\tVico\t\t\tIT\nlocal:arpab\tinstitution\tAgenzia del Nido\t\tARPAB\tIT\n";
    Files::from_pairs([("institutions/x.tsv", list)])
}

/// What is found in [`TEXT`], with all that is known of it.
fn answer(gazetteer: &Gazetteer) -> String {
    let mut found = Vec::new();
    gazetteer.find(TEXT, &mut found);
    let show = |lookup: &Lookup| {
        let readings: Vec<_> =
            gazetteer.readings(lookup.name).map(|reading| (reading, gazetteer.entry(reading.entry))).collect();
        format!("{lookup:?} {readings:?}")
    };
    found.iter().map(show).collect::<Vec<_>>().join("\n") + &format!("{:?}", gazetteer.by_id("local:vico"))
}

#[test]
fn a_file_and_memory_give_the_same_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.gazetteer");
    cache::write_whole(&path, &Gazetteer::compile(&files()).expect("the list is right")).expect("a file");
    let mapped = Gazetteer::check(Bytes::map(&path).expect("a file"), None).expect("it is whole");
    let read = Gazetteer::check(Bytes::read(&path).expect("a file"), None).expect("it is whole");
    let loaded = Gazetteer::load(&files()).expect("the list is right");
    assert_eq!(answer(&mapped), answer(&read));
    assert_eq!(answer(&mapped), answer(&loaded));
    assert_eq!(answer(&mapped).matches("local:nido").count(), 2);
}

#[test]
fn a_damaged_file_is_never_read() {
    let bytes = Gazetteer::compile(&files()).expect("the list is right");
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        assert!(Gazetteer::check(Bytes::Owned(damaged), None).is_err(), "byte {at}");
    }
    for len in 0..bytes.len() {
        assert!(Gazetteer::check(Bytes::Owned(bytes[..len].to_vec()), None).is_err(), "length {len}");
    }
}

#[test]
fn damage_behind_a_right_hash_does_not_end_the_program() {
    let bytes = Gazetteer::compile(&files()).expect("the list is right");
    let mut n_read = 0;
    for at in 0..bytes.len() {
        for value in [0, 0xff, bytes[at] ^ 0x10] {
            let mut damaged = bytes.clone();
            damaged[at] = value;
            file::sign(&mut damaged);
            if let Ok(gazetteer) = Gazetteer::check(Bytes::Owned(damaged), None) {
                n_read += usize::from(!answer(&gazetteer).is_empty());
                let _ = gazetteer.spelling("Banco del Nido");
            }
        }
    }
    assert!(n_read > bytes.len());
}

#[test]
fn a_cache_is_made_used_and_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let (cache, files) = (Cache::at(folder.path().join("new")), files());
    let key = files.key();
    let path = cache.path(&key).expect("there is a folder");
    let load = || answer(&Gazetteer::load_cached(&files, &cache, &key).expect("the list is right"));
    let expected = load();
    let whole = fs::read(&path).expect("it is written");
    for damaged in [&whole[..whole.len() - 1], &whole[..100], b"", &[0; 4000]] {
        fs::write(&path, damaged).expect("the folder can be written");
        assert_eq!(load(), expected);
        assert_eq!(fs::read(&path).expect("it is mended"), whole);
    }
    let other = Files::from_pairs([("institutions/x.tsv", "id\tkind\tname\nlocal:a\tplace\tVico\n")]);
    let other = Gazetteer::compile(&other).expect("the list is right");
    fs::write(&path, other).expect("the folder can be written");
    assert_eq!(load(), expected, "a file of other lists is not read");
}

#[test]
fn two_starts_at_once_share_a_cache() {
    let folder = tempfile::tempdir().expect("a folder");
    let (cache, files) = (Cache::at(folder.path()), files());
    let load = || answer(&Gazetteer::load_cached(&files, &cache, &files.key()).expect("the list is right"));
    let expected = load();
    fs::remove_file(cache.path(&files.key()).expect("there is a folder")).expect("it is there");
    std::thread::scope(|threads| {
        let starts: Vec<_> = (0..8).map(|_| threads.spawn(load)).collect();
        assert!(starts.into_iter().all(|start| start.join().expect("no start fails") == expected));
    });
    assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1, "nothing is left behind");
}

#[test]
fn a_cache_that_cannot_be_written_costs_time_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "no folder").expect("the folder can be written");
    let files = files();
    let gazetteer = Gazetteer::load_cached(&files, &Cache::at(file.join("x")), &files.key());
    assert_eq!(gazetteer.expect("the list is right").len(), 3);
}

#[test]
fn own_rows_come_first_and_stand_for_shipped_ones() {
    let own = "id\tkind\tname\nlocal:vico\tplace\tVico Nuovo\nlocal:own\tplace\tBanco del Nido\n";
    let layers = files().with(Files::from_pairs([("places/own.tsv", own)]));
    let gazetteer = Gazetteer::load(&layers).expect("an id may be in two layers");
    let id = gazetteer.by_id("local:vico").expect("the row is there");
    assert_eq!(gazetteer.entry(id).name, "Vico Nuovo");
    let name = gazetteer.spelling("Banco del Nido").expect("it is a name");
    let ids: Vec<&str> = gazetteer.readings(name).map(|reading| gazetteer.entry(reading.entry).id).collect();
    assert_eq!(ids, ["local:own", "local:nido"]);
    assert_eq!(gazetteer.spelling("Vico"), None);
}

#[test]
fn an_id_twice_in_a_layer_is_told_with_both_lines() {
    let list = "id\tkind\tname\nlocal:a\tplace\tVico\nlocal:a\tplace\tNido\n";
    let error = Gazetteer::load(&Files::from_pairs([("places/x.tsv", list)])).expect_err("the id is there twice");
    assert_eq!(
        error.to_string(),
        "places/x.tsv:3: the id 'local:a' is already taken at places/x.tsv:2; merge the two rows"
    );
}

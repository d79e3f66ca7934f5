//! Documents: JSON, XML and entities hold the values of events made by hand.

mod made;

use made::{FIRST, collection, packs};
use saksi_export::{
    Annotations, FollowTheMoney, GeoJson, Gexf, Left, OfArticles, OfEvents, Timeline, cas, type_system,
};
use serde_json::Value;

fn json(written: &[u8]) -> Value {
    serde_json::from_slice(written).unwrap()
}

#[test]
fn a_timeline_says_what_has_not_happened() {
    let (mut told, _) = collection(&packs().1);
    told[0].event.actor[0].name = "<b>".into();
    told[1].event.time = told[0].event.time.clone();
    told[1].event.time.as_mut().unwrap().latest = Some("2025-07-20".into());
    let mut out = Vec::new();
    let mut form = Timeline::new(&mut out).unwrap();
    for told in &told {
        form.add(told).unwrap();
    }
    Box::new(form).finish().unwrap();
    let slides = json(&out);
    let slides = slides["events"].as_array().unwrap();
    assert_eq!(slides[0]["text"]["headline"], "ASSAULT, aerial: &lt;b&gt; → Ukraine");
    assert_eq!(slides[0]["start_date"], serde_json::json!({ "year": 2025, "month": 7, "day": 12 }));
    assert_eq!(slides[0].get("end_date"), None);
    assert!(
        slides[0]["text"]["text"].as_str().unwrap().contains("<a href=\"https://Reuters.example/two\">Reuters</a>")
    );
    assert_eq!(slides[1]["text"]["headline"], "THREATEN: Ukraine → Russia (future)");
    assert_eq!(slides[1]["end_date"], serde_json::json!({ "year": 2025, "month": 7, "day": 20 }));
}

#[test]
fn what_has_no_time_or_place_is_counted() {
    let (told, _) = collection(&packs().1);
    let mut out = Vec::new();
    let mut form = Timeline::new(&mut out).unwrap();
    for told in &told {
        form.add(told).unwrap();
    }
    assert_eq!(Box::new(form).finish().unwrap(), Left { written: 1, no_time: 1, ..Left::default() });
    let mut out = Vec::new();
    let mut form = GeoJson::new(&mut out).unwrap();
    for told in &told {
        form.add(told).unwrap();
    }
    assert_eq!(Box::new(form).finish().unwrap(), Left { written: 1, no_place: 1, ..Left::default() });
}

#[test]
fn a_feature_is_longitude_first() {
    let (mut told, _) = collection(&packs().1);
    let mut second = told[0].event.place[0].clone();
    second.lat = Some(-6.2);
    second.lon = Some(106.8);
    told[1].event.place = vec![told[0].event.place[0].clone(), second];
    let mut out = Vec::new();
    let mut form = GeoJson::new(&mut out).unwrap();
    for told in &told {
        form.add(told).unwrap();
    }
    Box::new(form).finish().unwrap();
    let map = json(&out);
    assert_eq!(map["features"][0]["geometry"], serde_json::json!({ "type": "Point", "coordinates": [30.52, 50.45] }));
    assert_eq!(map["features"][0]["properties"]["status"], "actual");
    assert_eq!(
        map["features"][1]["geometry"],
        serde_json::json!({ "type": "MultiPoint", "coordinates": [[30.52, 50.45], [106.8, -6.2]] })
    );
    assert_eq!(map["features"][1]["properties"]["status"], "future");
}

#[test]
fn a_network_counts_events_of_a_pair_and_has_only_what_happened() {
    let (mut told, _) = collection(&packs().1);
    told[0].event.actor[0].name = "A & \"B\"\u{1}".into();
    let mut again = told[0].clone();
    again.event.time.as_mut().unwrap().earliest = Some("2025-07-01".into());
    told.push(again);
    let mut out = Vec::new();
    let mut form = Gexf::new(&mut out);
    for told in &told {
        form.add(told).unwrap();
    }
    assert_eq!(Box::new(form).finish().unwrap(), Left { written: 2, not_actual: 1, ..Left::default() });
    let xml = String::from_utf8(out).unwrap();
    assert!(xml.contains("label=\"A &amp; &quot;B&quot;\""));
    assert_eq!(xml.matches("<edge ").count(), 1);
    assert!(xml.contains("kind=\"material-conflict\" weight=\"2\" start=\"2025-07-01\" end=\"2025-07-12\""));
    assert_eq!(xml.matches("<node ").count(), 2);
}

#[test]
fn annotations_select_by_position_and_by_words() {
    let (_, reads) = collection(&packs().1);
    let mut out = Vec::new();
    let mut form = Annotations::new(&mut out).unwrap();
    for read in &reads {
        form.add(read).unwrap();
    }
    Box::new(form).finish().unwrap();
    let page = json(&out);
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = page["items"].as_array().unwrap();
    let letters: Vec<char> = FIRST.chars().collect();
    let own = |item: &&Value| item["target"]["source"] == "https://Antara.example/one";
    for item in items.iter().filter(own) {
        let [place, quote] = [&item["target"]["selector"][0], &item["target"]["selector"][1]];
        let (start, end) = (place["start"].as_u64().unwrap() as usize, place["end"].as_u64().unwrap() as usize);
        let words: String = letters[start..end].iter().collect();
        assert_eq!(quote["exact"], words);
        let around = format!("{}{words}{}", quote["prefix"].as_str().unwrap(), quote["suffix"].as_str().unwrap());
        assert!(FIRST.contains(&around));
    }
    let values: Vec<&str> =
        items[0]["body"].as_array().unwrap().iter().map(|body| body["value"].as_str().unwrap()).collect();
    assert!(values.starts_with(&["trigger", "ASSAULT", "mode:aerial", "context:military"]), "{values:?}");
    assert!(values.contains(&"status:actual"));
    let ids: std::collections::BTreeSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), items.len());
}

#[test]
fn a_cas_has_offsets_in_utf16_and_every_link_leads_somewhere() {
    let (_, reads) = collection(&packs().1);
    let mut out = Vec::new();
    cas(&mut out, &reads[0]).unwrap();
    let cas = json(&out);
    let structures = cas["%FEATURE_STRUCTURES"].as_array().unwrap();
    let units: Vec<u16> = FIRST.encode_utf16().collect();
    assert_eq!(structures[0]["sofaString"], FIRST);
    let words = |structure: &Value| {
        let (begin, end) = (structure["begin"].as_u64().unwrap() as usize, structure["end"].as_u64().unwrap() as usize);
        String::from_utf16(&units[begin..end]).unwrap()
    };
    let get = |id: &Value| &structures[id.as_u64().unwrap() as usize - 1];
    for (at, structure) in structures.iter().enumerate() {
        assert_eq!(structure["%ID"], at as u64 + 1);
        let kind = structure["%TYPE"].as_str().unwrap();
        assert!(kind.starts_with("uima") || cas["%TYPES"].get(kind.trim_end_matches("[]")).is_some(), "{kind}");
    }
    let events: Vec<&Value> =
        structures.iter().filter(|structure| structure["%TYPE"] == "webanno.custom.SaksiEvent").collect();
    assert_eq!(events.iter().map(|event| words(event)).collect::<Vec<_>>(), ["struck", "retaliate"]);
    assert_eq!(events[1]["status"], "future");
    let links = get(&events[0]["@arguments"])["%ELEMENTS"].as_array().unwrap();
    let arguments: Vec<(String, String)> = links
        .iter()
        .map(|link| (get(link)["role"].as_str().unwrap().to_owned(), words(get(&get(link)["@target"]))))
        .collect();
    let expected = [
        ("actor", "Russia"),
        ("recipient", "Ukraine"),
        ("place", "Kyiv"),
        ("time", "July 12"),
        ("quantity", "7 people"),
        ("attribution", "said"),
    ];
    assert_eq!(arguments, expected.map(|(role, words)| (role.to_owned(), words.to_owned())));
    let members = cas["%VIEWS"]["_InitialView"]["%MEMBERS"].as_array().unwrap();
    assert!(members.iter().all(|member| get(member).get("begin").is_some()));
    assert!(type_system().contains("<name>webanno.custom.SaksiEvent</name>"));
}

#[test]
fn entities_are_written_once_and_refer_to_each_other() {
    let (codes, gazetteer) = packs();
    let (told, _) = collection(&gazetteer);
    let mut out = Vec::new();
    let mut form = FollowTheMoney::new(&mut out, &codes, &gazetteer);
    for told in &told {
        form.add(told).unwrap();
    }
    Box::new(form).finish().unwrap();
    let entities: Vec<Value> = String::from_utf8(out).unwrap().lines().map(|line| json(line.as_bytes())).collect();
    let of = |schema: &str| entities.iter().filter(|entity| entity["schema"] == schema).collect::<Vec<_>>();
    assert_eq!((of("PublicBody").len(), of("Article").len(), of("Mention").len(), of("Event").len()), (2, 2, 4, 1));
    let event = &of("Event")[0]["properties"];
    assert_eq!(event["date"], serde_json::json!(["2025-07-12"]));
    assert_eq!(event["country"], serde_json::json!(["ua"]));
    assert_eq!(event["name"], serde_json::json!(["ASSAULT, aerial: Russia → Ukraine"]));
    let parties: Vec<&Value> = of("PublicBody").into_iter().map(|party| &party["id"]).collect();
    assert!(event["involved"].as_array().unwrap().iter().all(|party| parties.contains(&party)));
    let articles: Vec<&Value> = of("Article").into_iter().map(|article| &article["id"]).collect();
    assert_eq!(event["proof"].as_array().unwrap().len(), 2);
    assert!(event["proof"].as_array().unwrap().iter().all(|article| articles.contains(&article)));
    assert_eq!(of("Article")[0]["properties"]["language"], serde_json::json!(["eng"]));
}

//! What `publish` writes.

use press::publish::{Base, Published, publish};

use crate::support::Small;

#[test]
fn a_site_says_where_it_is() {
    let small = Small::new();
    let base = Base::read("https://example.org/small").expect("an address");
    let came = publish(small.root(), &small.out(), Some(&base))
        .unwrap_or_else(|failure| panic!("{:#}", failure.error));
    assert!(matches!(came, Published::Site(..)), "{came:?}");
    let page = small.read("target/out/01_small.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/small/01_small.html\">"));
    assert!(page.contains("property=\"og:title\" content=\"Small\""));
    let map = small.read("target/out/sitemap.xml");
    assert!(
        map.contains("<loc>https://example.org/small/</loc>") && map.contains("/01_small.html</loc>"),
        "{map}"
    );
    assert!(
        small.read("target/out/robots.txt").ends_with("Sitemap: https://example.org/small/sitemap.xml\n")
    );
    assert!(small.read("target/out/404.html").contains("/small/"), "styles are found from any address");
    let site: serde_json::Value = serde_json::from_str(&small.read("target/out/site.json")).expect("JSON");
    assert_eq!(
        site["pages"][1],
        serde_json::json!({ "path": "01_small.html", "title": "Small", "slug": "01_small", "minutes": 20 })
    );
    let files = site["files"].as_array().expect("files");
    assert!(files.iter().any(|file| file == "sitemap.xml") && !files.iter().any(|file| file == "site.json"));
    for file in files {
        assert!(small.out().join(file.as_str().expect("a path")).is_file(), "{file}");
    }
    let version = site["version"].clone();
    publish(small.root(), &small.out(), Some(&base)).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    let again: serde_json::Value = serde_json::from_str(&small.read("target/out/site.json")).expect("JSON");
    assert_eq!(again["version"], version, "the same book is the same edition");
    small.change("book/src/index.md", "Begin", "Start");
    publish(small.root(), &small.out(), Some(&base)).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    let other: serde_json::Value = serde_json::from_str(&small.read("target/out/site.json")).expect("JSON");
    assert_ne!(other["version"], version);
}

#[test]
fn a_book_with_problems_is_not_published() {
    let small = Small::new();
    small.change("book/src/01_small.md", "{{#quiz}}", "{{#quizz}}");
    let came =
        publish(small.root(), &small.out(), None).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    assert!(matches!(&came, Published::Problems(problems) if problems.len() == 1), "{came:?}");
    assert!(!small.out().exists());
}

#[test]
fn a_book_with_a_link_to_nowhere_is_not_published() {
    let small = Small::new();
    small.change("book/src/index.md", "Begin", "Begin with [rooms](07_room.md)");
    let came =
        publish(small.root(), &small.out(), None).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    let Published::Problems(problems) = came else { panic!("{came:?}") };
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].message, "`07_room.md` leads nowhere: there is no chapter `07_room.md`");
    assert!(!small.out().exists());
}

#[test]
fn a_recording_that_is_older_than_its_program_is_not_published() {
    let small = Small::new();
    small.change("book/demos/01_small/greeting/main.js", "hello", "hallo");
    let came =
        publish(small.root(), &small.out(), None).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    let Published::Problems(problems) = came else { panic!("{came:?}") };
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.starts_with("it has changed since it was recorded"), "{problems:?}");
    assert!(!small.out().exists());
}

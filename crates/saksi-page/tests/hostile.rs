//! Pages made to be slow: each is read in time that grows with its length.
//!
//! `SHOW_TIMES=1 TEN_MEGABYTES=1 cargo test --release -p saksi-page --test hostile -- --test-threads 1` shows what ten megabytes take.

use saksi_lang::Pack;
use saksi_page::{Hints, Rules, read};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::compile(&Pack::builtin("world").unwrap(), &[]).unwrap());

/// Bytes of a page.
const LENGTH: usize = 2_000_000;

/// What a page may take. A machine busy with other work, or a build without optimisation, needs some times what it takes else.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

#[track_caller]
fn check(name: &str, page: &str) {
    let start = Instant::now();
    let page = read(page.as_bytes(), &Hints::default(), &RULES).unwrap();
    let took = start.elapsed();
    assert!(took < LIMIT, "{name}: {took:?}");
    assert_eq!(page.map.len(), page.text.chars().count(), "{name}");
    if std::env::var_os("SHOW_TIMES").is_some() {
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{name}: {took:?}\n"));
    }
}

/// `piece` over and over, numbered where it has `{}`.
fn filled(before: &str, piece: &str) -> String {
    let tenfold = std::env::var_os("TEN_MEGABYTES").is_some();
    let mut page = before.to_owned();
    let mut number = 0_u32;
    while page.len() < if tenfold { 10_000_000 } else { LENGTH } {
        page.push_str(&piece.replace("{}", &number.to_string()));
        number += 1;
    }
    page
}

#[test]
fn nested_elements() {
    for piece in [
        "<div>",
        "<p>",
        "<b>",
        "<a href=x>",
        "<ul><li>",
        "<table><tr><td>",
        "<span><div>",
        "<a><p>",
        "<b><i><p>",
        "<font><div><b>",
        "<x-y>",
        "<svg>",
        "<h1>",
        "<article><h1>Satu</h1>",
        "<blockquote>",
        "<select><option>",
        "<div class=author>",
        "<div class=title>x",
        "<div class=related>",
        "<time>",
        "<section class=\"post-date byline\">",
    ] {
        check(piece, &filled("<!doctype html>", piece));
    }
}

#[test]
fn end_tags_without_a_start() {
    for (before, piece) in [
        ("<html><div><div><div>", "</p>"),
        ("<html>", "</b>"),
        ("<html>", "</h1>"),
        ("<table><td>", "</div>"),
        ("<html>", "</x-{}>"),
        ("<html><p><a><b>", "</i>"),
        ("<html>", "</body></html>"),
    ] {
        check(piece, &filled(before, piece));
    }
    let deep = "<table><tr><td>".repeat(100);
    check("end tags deep inside", &filled(&format!("<html>{deep}"), "</p></li></td></div>"));
}

#[test]
fn siblings_without_number() {
    for piece in [
        "<li><a href=/{}>Judul berita nomor {} hari ini</a></li>",
        "<p>Presiden mengatakan bahwa ia akan datang ke kota itu pada hari ke-{}, kata juru bicara.</p>",
        "<h1>Judul nomor {}</h1><p>Presiden mengatakan bahwa ia akan datang ke kota itu pada hari itu, katanya.</p>",
        "<h2><a href=/{}>Judul nomor {} hari ini</a></h2><p>Presiden mengatakan bahwa ia akan datang ke kota itu.</p>",
        "<span class=date>13 Juli 2025</span><span class=byline>Ani</span>",
        "<br>",
        "<img>",
        "<td>x",
        "<dt>a<dd>b",
        "x<br><br>",
        "<div style='display:none'>Presiden mengatakan bahwa ia akan datang ke kota itu pada hari itu.</div>",
        "<blockquote>Presiden mengatakan bahwa ia akan datang ke kota itu.</blockquote>",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"{}\"}</script>",
        "<meta property=og:title content=x>",
        "<div itemprop=author></div>",
        "<title>{}</title>",
    ] {
        check(piece, &filled("<!doctype html><ul>", piece));
    }
}

#[test]
fn attributes_without_number_or_end() {
    check("attributes", &format!("<html><p {}>Satu</p>", filled("", "a{}=b ")));
    check("the same attribute", &format!("<html><p {}>Satu</p>", filled("", "class=b ")));
    check("a long value", &format!("<html><p class='{}'>Satu</p>", filled("", "related ")));
    check("values everywhere", &filled("<html>", "<i class='a{} related-{} post'></i>"));
    check("a value without an end", &filled("<html><p class='", "<p>satu"));
    check("a tag without an end", &filled("<html><p ", "x "));
}

#[test]
fn markup_that_never_ends() {
    for before in
        ["<html><!--", "<html><script>", "<html><style>", "<html><textarea>", "<html><title>", "<?xml?><html><![CDATA["]
    {
        check(before, &filled(before, "<p>satu dua "));
    }
    for piece in [
        "<!-- -->",
        "<!--->",
        "<![CDATA[x]]>",
        "<",
        "</",
        "<!",
        "&",
        "&amp",
        "&#",
        "&#x1f600;",
        "&notit;",
        "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua belas tiga belas empat belas\u{0}",
        "\r\n",
        "é ",
    ] {
        check(piece, &filled("<html>", piece));
    }
}

#[test]
fn json_that_is_deep_or_broken() {
    let deep = filled("", "[");
    check("deep", &format!("<html><script type=application/ld+json>{deep}</script>"));
    let wide = filled("[", "{\"@type\":\"NewsArticle\",\"articleBody\":\"satu dua tiga\"},");
    check("wide", &format!("<html><script type=application/ld+json>{wide}</script><p>satu dua tiga"));
}

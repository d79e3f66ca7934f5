//! Fetching from a server of the test's own.

use flate2::Compression;
use flate2::write::GzEncoder;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use saksi_fetch::{Client, FetchError, Fetched, Fetcher, Guard, Limits, Manner, Pages, Refused, Store};
use saksi_input::{Found, Options, Progress, Source, documents, documents_of, records};
use std::io::{BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A server that answers each request with what a function makes of it, and closes.
struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<(Instant, String)>>>,
}

fn serve(answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                request.push(byte[0]);
            }
            let request = String::from_utf8(request).unwrap();
            seen.lock().unwrap().push((Instant::now(), request.clone()));
            answer(&request, &mut stream);
        }
    });
    Server { address, asked }
}

/// A server of fixed answers; robots.txt is not among them unless given.
fn pages(pages: Vec<(&'static str, Vec<u8>)>) -> Server {
    serve(move |request, stream| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let found = pages.iter().find(|(page, _)| *page == path).map(|(_, bytes)| bytes.as_slice());
        let _ = stream.write_all(found.unwrap_or(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
    })
}

impl Server {
    fn url(&self, path: &str) -> String {
        format!("http://news.example.org:{}{path}", self.address.port())
    }

    fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|(_, request)| request.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
    }
}

fn limits() -> Limits {
    Limits { whole: Duration::from_secs(3), bytes: 1 << 20, ..Limits::default() }
}

/// A client for whom every name is this machine, and that may connect to these servers on it and nothing else.
fn client(servers: &[&Server], limits: Limits) -> Client {
    let except: Vec<SocketAddr> = servers.iter().map(|server| server.address).collect();
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let guard = Guard::for_tests(move |_, port| Ok(vec![SocketAddr::new(here, port)]), &except);
    Client::new(guard, limits, "saksi-test").unwrap()
}

fn manner() -> Manner {
    Manner { name: "saksi".into(), delay: Duration::from_millis(1), hosts: 8 }
}

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

fn fetch(folder: &Path, client: Client, addresses: &[String]) -> Vec<Fetched> {
    let mut store = Store::open(folder).unwrap();
    let fetcher = Fetcher::new(client, manner(), &mut store, Arc::default());
    addresses.iter().map(|address| fetcher.one(address).unwrap()).collect()
}

fn kept(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let file = std::fs::File::open(folder.join("pages-00001.warc.gz")).unwrap();
    let stream = BufReader::new(flate2::read::MultiGzDecoder::new(file));
    records(stream, 1 << 30)
        .map(Result::unwrap)
        .filter(|record| matches!(record.kind(), "response" | "revisit"))
        .map(|record| (record.kind().to_owned(), record.block.unwrap()))
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn html(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[test]
fn the_bytes_are_kept_as_they_came_and_can_be_read() {
    let page = gzip(b"<html><p>Banjir melanda Demak.</p></html>");
    let (one, two) = page.split_at(10);
    let mut answer = b"HTTP/1.1 200 Fine\r\nX-Odd:  two  blanks \r\nContent-Type: text/html; charset=utf-8\r\n\
        Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        .to_vec();
    for piece in [one, two] {
        answer.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        answer.extend_from_slice(piece);
        answer.extend_from_slice(b"\r\n");
    }
    answer.extend_from_slice(b"0\r\nX-Trailer: t\r\n\r\n");
    let server = pages(vec![("/a?b=c", answer.clone())]);
    let folder = folder("bytes");
    let fetched = fetch(&folder, client(&[&server], limits()), &[server.url("/a?b=c")]);
    assert_eq!(fetched, [Fetched::Kept(b"<html><p>Banjir melanda Demak.</p></html>".to_vec())]);
    assert_eq!(kept(&folder), [("response".to_owned(), answer)]);

    let found: Vec<Found> =
        documents(vec![Source::Path(folder)], Options::default(), Arc::new(Progress::default())).collect();
    let page =
        found.iter().find_map(|found| if let Found::Document(page) = found { Some(page) } else { None }).unwrap();
    assert_eq!(page.bytes, b"<html><p>Banjir melanda Demak.</p></html>");
    assert_eq!(page.about.url.as_deref(), Some(server.url("/a?b=c").as_str()));
    assert_eq!(page.about.charset.as_deref(), Some("utf-8"));
}

/// A server that speaks TLS with the certificate beside this file, which was made for it.
fn serve_tls() -> SocketAddr {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let certificate = CertificateDer::from_pem_file(folder.join("tls.cert.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("tls.key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(session, stream.unwrap());
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                request.push(byte[0]);
            }
            // Without a length, and closed without saying so, as many servers do.
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>");
            let _ = stream.flush();
        }
    });
    address
}

#[test]
fn a_page_is_fetched_over_tls_from_whom_the_certificate_names() {
    let address = serve_tls();
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let guard = move || Guard::for_tests(move |_, port| Ok(vec![SocketAddr::new(here, port)]), &[address]);
    let certificate = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls.cert.pem");
    let trusted = vec![CertificateDer::from_pem_file(certificate).unwrap()];
    let get = |host: &str, trusted: Vec<CertificateDer<'static>>| {
        let client = Client::trusting(guard(), limits(), "saksi-test", trusted).unwrap();
        client.get(&url::Url::parse(&format!("https://{host}:{}/", address.port())).unwrap(), &[])
    };
    let exchange = get("news.example.org", trusted.clone()).unwrap();
    assert!(exchange.response.ends_with(b"\r\n\r\n<p>x</p>"));
    let why = |result: Result<_, FetchError>| result.map(|_: saksi_fetch::Exchange| ()).unwrap_err().to_string();
    assert!(why(get("other.example.org", trusted)).contains("certificate"));
    assert!(why(get("news.example.org", Vec::new())).contains("certificate"));
}

#[test]
fn robots_txt_is_asked_once_and_followed() {
    let robots = "User-agent: *\nDisallow: /no";
    let server = pages(vec![
        ("/robots.txt", format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{robots}", robots.len()).into_bytes()),
        ("/yes", html("<p>x</p>")),
        ("/no", html("<p>x</p>")),
    ]);
    let addresses = [server.url("/no/1"), server.url("/yes"), server.url("/no")];
    let fetched = fetch(&folder("robots"), client(&[&server], limits()), &addresses);
    assert_eq!(fetched[0], Fetched::Failed(FetchError::Robots));
    assert!(matches!(fetched[1], Fetched::Kept(_)));
    assert_eq!(fetched[2], Fetched::Failed(FetchError::Robots));
    assert_eq!(server.paths(), ["/robots.txt", "/yes"]);
}

#[test]
fn a_robots_txt_that_cannot_be_read_forbids_all() {
    let server = pages(vec![
        ("/robots.txt", b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n".to_vec()),
        ("/a", html("<p>x</p>")),
    ]);
    let fetched = fetch(&folder("robots-500"), client(&[&server], limits()), &[server.url("/a")]);
    assert!(matches!(fetched[0], Fetched::Failed(FetchError::NoRobots(_))));
    assert_eq!(server.paths(), ["/robots.txt"]);
}

fn redirect(to: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

#[test]
fn redirects_are_followed_so_far_and_no_further() {
    let server = pages(vec![
        ("/1", redirect("/2")),
        ("/2", redirect("3")),
        ("/3", html("<p>x</p>")),
        ("/round", redirect("/round")),
        ("/odd", redirect("http://[")),
    ]);
    let folder = folder("redirects");
    let addresses = [server.url("/1"), server.url("/round"), server.url("/odd")];
    let fetched = fetch(&folder, client(&[&server], limits()), &addresses);
    assert!(matches!(fetched[0], Fetched::Kept(_)));
    assert_eq!(fetched[1], Fetched::Failed(FetchError::Redirects));
    assert!(matches!(fetched[2], Fetched::Failed(FetchError::Location(_))));
    assert_eq!(server.paths().iter().filter(|path| *path == "/round").count(), limits().redirects + 1);
    assert_eq!(kept(&folder).len(), 3 + limits().redirects + 1 + 1);
}

#[test]
fn no_connection_is_made_to_private_addresses() {
    // A server that nobody may connect to, and one that leads there in every way.
    let forbidden = TcpListener::bind("127.0.0.1:0").unwrap();
    forbidden.set_nonblocking(true).unwrap();
    let port = forbidden.local_addr().unwrap().port();
    let hosts = [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "localhost",
        "LocalHost.",
        "a.localhost",
        "①②⑦.0.0.1",
        "other.example.org",
    ];
    let leading = serve(move |request, stream| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let host = path.strip_prefix('/').and_then(|number| number.parse::<usize>().ok()).and_then(|at| hosts.get(at));
        let _ = match host {
            Some(host) => stream.write_all(&redirect(&format!("http://{host}:{port}/"))),
            None => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        };
    });
    let mut addresses: Vec<String> = hosts.iter().map(|host| format!("http://{host}:{port}/")).collect();
    addresses.extend((0..hosts.len()).map(|at| leading.url(&format!("/{at}"))));
    let fetched = fetch(&folder("private"), client(&[&leading], limits()), &addresses);
    for (address, fetched) in addresses.iter().zip(fetched) {
        let refused = matches!(
            fetched,
            Fetched::Failed(FetchError::Refused(Refused::NotPublic(_) | Refused::Name(_)) | FetchError::Location(_))
        );
        assert!(refused, "{address}: {fetched:?}");
    }
    assert_eq!(forbidden.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn a_page_that_has_not_changed_is_not_sent_again() {
    let server = serve(|request, stream| {
        let answer: &[u8] = if request.contains("/robots.txt") {
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        } else if request.contains("If-None-Match: \"v1\"\r\n") {
            b"HTTP/1.1 304 Not Modified\r\n\r\n"
        } else {
            b"HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n<p>x</p>"
        };
        let _ = stream.write_all(answer);
    });
    let folder = folder("unchanged");
    let once = || fetch(&folder, client(&[&server], limits()), &[server.url("/a")]);
    assert_eq!(once(), [Fetched::Kept(b"<p>x</p>".to_vec())]);
    assert_eq!(once(), [Fetched::Unchanged]);
    // a third time: the answer without marks has not made them forgotten
    assert_eq!(once(), [Fetched::Unchanged]);
    let kinds: Vec<String> = kept(&folder).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["response", "revisit", "revisit"]);
}

/// A server that takes its time.
fn slow(pause: Duration) -> Server {
    serve(move |request, stream| {
        let _ = if request.contains("/robots.txt") {
            stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        } else {
            thread::sleep(pause);
            stream.write_all(&html("<p>x</p>"))
        };
    })
}

/// The times at which a server was asked.
fn times(server: &Server) -> Vec<Instant> {
    server.asked.lock().unwrap().iter().map(|(at, _)| *at).collect()
}

#[test]
fn several_hosts_are_asked_at_the_same_time_and_each_rests_between_requests() {
    let (delay, pause) = (Duration::from_millis(120), Duration::from_millis(300));
    let servers: Vec<Server> = (0..4).map(|_| slow(pause)).collect();
    let every: Vec<&Server> = servers.iter().collect();
    let addresses: Vec<String> =
        ["/1", "/2", "/1"].iter().flat_map(|path| servers.iter().map(move |server| server.url(path))).collect();
    let folder = folder("hosts");
    for (hosts, least, most) in [(4, Duration::ZERO, Duration::from_millis(2200)), (1, pause * 8, Duration::MAX)] {
        for server in &servers {
            server.asked.lock().unwrap().clear();
        }
        let _ = std::fs::remove_dir_all(&folder);
        let mut store = Store::open(&folder).unwrap();
        let fetcher =
            Fetcher::new(client(&every, limits()), Manner { delay, hosts, ..manner() }, &mut store, Arc::default());
        let begun = Instant::now();
        let mut told = Vec::new();
        fetcher
            .all(addresses.clone(), |address, fetched| {
                assert!(matches!(fetched, Fetched::Kept(_)), "{fetched:?}");
                told.push(address.to_owned());
            })
            .unwrap();
        let passed = begun.elapsed();
        assert!(passed >= least && passed <= most, "{hosts} hosts: {passed:?}");
        // what is named twice is fetched once, and the pages of a host come in order
        let mut sorted = told.clone();
        sorted.sort();
        let mut wanted = addresses[..8].to_vec();
        wanted.sort();
        assert_eq!(sorted, wanted);
        for server in &servers {
            assert_eq!(server.paths(), ["/robots.txt", "/1", "/2"]);
            let times = times(server);
            assert!(times.windows(2).all(|two| two[1] - two[0] + Duration::from_millis(5) >= delay));
        }
        assert_eq!(kept(&folder).len(), 8);
    }
}

#[test]
fn a_redirect_waits_for_the_turn_of_the_host_that_it_leads_to() {
    let target = slow(Duration::from_millis(10));
    let to = target.url("/3");
    let leading = serve(move |request, stream| {
        let _ = if request.contains("/robots.txt") {
            stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        } else {
            stream.write_all(&redirect(&to))
        };
    });
    let folder = folder("turns");
    let mut store = Store::open(&folder).unwrap();
    let delay = Duration::from_millis(150);
    let manner = Manner { delay, ..manner() };
    let fetcher = Fetcher::new(client(&[&target, &leading], limits()), manner, &mut store, Arc::default());
    let addresses = [target.url("/1"), leading.url("/1"), target.url("/2")];
    let mut count = 0;
    fetcher.all(addresses, |_, _| count += 1).unwrap();
    assert_eq!(count, 3);
    let times = times(&target);
    assert_eq!(times.len(), 4); // robots.txt once
    assert!(times.windows(2).all(|two| two[1] - two[0] + Duration::from_millis(5) >= delay));
}

#[test]
fn a_pause_that_robots_txt_asks_for_is_kept() {
    let robots = "User-agent: *\nCrawl-delay: 0.2";
    let server = pages(vec![
        ("/robots.txt", format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{robots}", robots.len()).into_bytes()),
        ("/1", html("x")),
        ("/2", html("x")),
    ]);
    fetch(&folder("crawl-delay"), client(&[&server], limits()), &[server.url("/1"), server.url("/2")]);
    let times = times(&server);
    assert!(times.windows(2).all(|two| two[1] - two[0] >= Duration::from_millis(195)), "{times:?}");
}

#[test]
fn a_run_that_is_stopped_does_not_wait_and_notes_nothing_of_what_was_not_asked() {
    let server = pages(vec![("/1", html("x")), ("/2", html("x"))]);
    let folder = folder("stopped");
    let mut store = Store::open(&folder).unwrap();
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let manner = Manner { delay: Duration::from_secs(2), ..manner() };
    let fetcher = Fetcher::new(client(&[&server], limits()), manner, &mut store, Arc::clone(&stop));
    let begun = Instant::now();
    fetcher
        .all([server.url("/1"), server.url("/2")], |_, _| stop.store(true, std::sync::atomic::Ordering::Relaxed))
        .unwrap();
    assert!(begun.elapsed() < Duration::from_secs(4));
    let log = std::fs::read_to_string(folder.join("fetched.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 1);
}

/// The documents of a list, with the pages of a folder.
fn listed(list: &str, folder: &Path) -> Vec<Found> {
    let pages = Pages::open(folder, saksi_input::Limits::default()).unwrap();
    let options = Options { pages: Some(Arc::new(pages)), ..Options::default() };
    documents_of("list", std::io::Cursor::new(list.to_owned()), &options).collect()
}

fn told(found: &[Found]) -> Vec<String> {
    found
        .iter()
        .map(|found| match found {
            Found::Document(page) => format!("{}: {}", page.place, String::from_utf8_lossy(&page.bytes)),
            Found::Skipped(skipped) => format!("{}: skipped", skipped.place),
            Found::Failed(failure) => format!("{}: {}: {}", failure.place, failure.reason.kind(), failure.reason),
        })
        .collect()
}

#[test]
fn a_list_of_addresses_gives_its_pages_in_order_and_a_reason_for_each_that_failed() {
    let server = serve(|request, stream| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let _ = match path {
            "/old" if request.contains("If-None-Match: \"v1\"\r\n") => stream.write_all(b"HTTP/1.1 304 Same\r\n\r\n"),
            "/old" => stream.write_all(
                b"HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Type: text/html\r\nContent-Length: 10\r\n\r\n<p>old</p>",
            ),
            "/a" => stream.write_all(&html("<p>a</p>")),
            "/moved" => stream.write_all(&redirect("/a")),
            "/data" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1\r\n\r\nx"),
            _ => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        };
    });
    let folder = folder("list");
    let url = |path: &str| server.url(path);
    fetch(&folder, client(&[&server], limits()), &[url("/old")]);
    let addresses = ["/moved", "/none", "/old", "/data"].map(&url);
    fetch(&folder, client(&[&server], limits()), &addresses);
    let found = listed(
        &format!(
            "# pages\n\n{}\n{}\n{}\n{}\n{}\n{}\n",
            addresses[0],
            addresses[1],
            addresses[2],
            addresses[3],
            addresses[0],
            url("/new")
        ),
        &folder,
    );
    assert_eq!(
        told(&found),
        [
            format!("{}: <p>a</p>", url("/moved")),
            format!("{}: no page: not fetched: the server answers 404", url("/none")),
            format!("{}: <p>old</p>", url("/old")),
            format!("{}: no page: not fetched: a response of type image/png", url("/data")),
            format!("{}: skipped", url("/moved")),
            format!("{}: not asked for: not fetched: it was not asked for", url("/new")),
        ]
    );
    let Found::Document(moved) = &found[0] else { panic!() };
    assert_eq!(moved.about.url, Some(url("/a")));

    // a table says more of each than its address
    let table =
        format!("url,outlet,published\n{},Kompas,2026-03-04\n{},Antara,2026-03-05\n", url("/old"), url("/none"));
    let found = listed(&table, &folder);
    let Found::Document(old) = &found[0] else { panic!("{found:?}") };
    assert_eq!(
        (old.about.outlet.as_deref(), old.about.published.unwrap().day.to_string().as_str()),
        (Some("Kompas"), "2026-03-04")
    );
    assert!(matches!(&found[1], Found::Failed(failure) if failure.reason.kind() == "no page"));
}

#[test]
fn a_host_that_is_asked_too_much_is_given_time() {
    let first = Mutex::new(true);
    let server = serve(move |request, stream| {
        let mut first = first.lock().unwrap();
        let answer: Vec<u8> = if request.contains("/robots.txt") {
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec()
        } else if std::mem::take(&mut *first) {
            b"HTTP/1.1 429 Too Many\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n".to_vec()
        } else {
            html("<p>x</p>")
        };
        let _ = stream.write_all(&answer);
    });
    let begun = Instant::now();
    let fetched = fetch(&folder("429"), client(&[&server], limits()), &[server.url("/a")]);
    assert!(matches!(fetched[0], Fetched::Kept(_)), "{fetched:?}");
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[test]
fn large_slow_broken_and_exploding_responses_are_not_kept() {
    let bomb = gzip(&vec![b'a'; 64 << 20]);
    let server = serve(move |request, stream| {
        let _ = match request.split(' ').nth(1).unwrap_or_default() {
            "/endless" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
                while stream.write_all(&[b'x'; 4096]).is_ok() {}
                Ok(())
            }
            "/slow" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
                for _ in 0..60 {
                    thread::sleep(Duration::from_millis(20));
                    if stream.write_all(b"x").is_err() {
                        break;
                    }
                }
                Ok(())
            }
            "/cut" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"),
            "/odd" => stream.write_all(b"SSH-2.0-OpenSSH\r\n"),
            "/head" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
                while stream.write_all(b"X-A: b\r\n").is_ok() {}
                Ok(())
            }
            "/bomb" => {
                let head =
                    format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", bomb.len());
                let _ = stream.write_all(head.as_bytes());
                stream.write_all(&bomb)
            }
            _ => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        };
    });
    let addresses = ["/endless", "/slow", "/cut", "/odd", "/head", "/bomb", "/none"].map(|path| server.url(path));
    let folder = folder("bad");
    let limits = Limits { whole: Duration::from_millis(700), ..limits() };
    let fetched = fetch(&folder, client(&[&server], limits), &addresses);
    let kinds: Vec<&str> = fetched
        .iter()
        .map(|fetched| match fetched {
            Fetched::Failed(error) => error.kind(),
            _ => "kept",
        })
        .collect();
    let (cut, odd) = ("no connection", "broken response");
    assert_eq!(kinds[..4], ["too large", "too slow", cut, odd]);
    assert!(matches!(kinds[4], "too large" | "broken response"), "{kinds:?}");
    assert_eq!(kinds[5..], ["broken response", "no page"]);
    assert_eq!(kept(&folder).len(), 1); // the 404
}

#[test]
fn what_a_stop_left_half_written_is_cut_off() {
    let server = pages(vec![("/a", html("<p>a</p>")), ("/b", html("<p>b</p>"))]);
    let folder = folder("torn");
    fetch(&folder, client(&[&server], limits()), &[server.url("/a")]);
    let append = |name: &str, bytes: &[u8]| {
        let mut file = std::fs::OpenOptions::new().append(true).open(folder.join(name)).unwrap();
        file.write_all(bytes).unwrap();
    };
    append("pages-00001.warc.gz", b"\x1f\x8b\x08 half a record");
    append("fetched.jsonl", b"{\"url\": \"http://half");
    fetch(&folder, client(&[&server], limits()), &[server.url("/b")]);
    assert_eq!(kept(&folder).len(), 2);
    let log = std::fs::read_to_string(folder.join("fetched.jsonl")).unwrap();
    assert_eq!(log.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count(), 2);
    assert_eq!(log.lines().count(), 2);
}

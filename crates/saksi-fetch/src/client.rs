//! One request and its response, byte for byte.

use crate::guard::{Guard, Refused};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::fmt;
use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::{Host, Position, Url};

/// Headers that a response may have.
const HEADERS: usize = 128;
/// The most bytes of a response's head.
const HEAD: usize = 64 << 10;

/// How large and slow a response may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes as they are received.
    pub bytes: usize,
    /// Bytes of the body, unpacked.
    pub body: usize,
    /// How many times larger than it was packed a body may become.
    pub ratio: u64,
    /// For connecting.
    pub connect: Duration,
    /// For all of it.
    pub whole: Duration,
    /// Redirects to follow.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 8 << 20,
            body: 8 << 20,
            ratio: 300,
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            redirects: 5,
        }
    }
}

/// Why an address gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchError {
    /// It is no address.
    Url(String),
    /// It is not connected to.
    Refused(Refused),
    /// robots.txt forbids it.
    Robots,
    /// robots.txt cannot be read, so nothing may be fetched.
    NoRobots(String),
    /// No connection, or it broke.
    Connection(String),
    /// It took too long.
    Slow,
    /// The response has too many bytes.
    TooLarge,
    /// The response is no HTTP, or its body cannot be unpacked.
    Response(String),
    /// It leads on and on.
    Redirects,
    /// It leads to what is no address.
    Location(String),
    /// The server says that there is no page.
    Status(u16),
    /// It was not asked for: the run was stopped.
    Stopped,
}

impl FetchError {
    /// One or two words to count by.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Url(_) => "no address",
            Self::Refused(Refused::Lookup(_)) => "unknown host",
            Self::Refused(_) => "refused",
            Self::Robots => "forbidden by robots.txt",
            Self::NoRobots(_) => "unreadable robots.txt",
            Self::Connection(_) => "no connection",
            Self::Slow => "too slow",
            Self::TooLarge => "too large",
            Self::Response(_) => "broken response",
            Self::Redirects | Self::Location(_) => "bad redirect",
            Self::Status(_) => "no page",
            Self::Stopped => "stopped",
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(why) => write!(f, "not an address: {why}"),
            Self::Refused(refused) => refused.fmt(f),
            Self::Robots => f.write_str("robots.txt forbids it"),
            Self::NoRobots(why) => write!(f, "robots.txt cannot be read ({why}), so nothing is fetched there"),
            Self::Connection(why) => write!(f, "no connection: {why}"),
            Self::Slow => f.write_str("it took too long"),
            Self::TooLarge => f.write_str("the response is too large"),
            Self::Response(why) => write!(f, "the response cannot be read: {why}"),
            Self::Redirects => f.write_str("it leads on and on"),
            Self::Location(to) => write!(f, "it leads to `{to}`, which is no address"),
            Self::Status(status) => write!(f, "the server answers {status}"),
            Self::Stopped => f.write_str("the run was stopped"),
        }
    }
}

impl std::error::Error for FetchError {}

/// A request and its response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What was asked for.
    pub url: Url,
    /// Who answered.
    pub address: SocketAddr,
    /// The request as it was sent.
    pub request: Vec<u8>,
    /// The response as it was received: head, and body with its codings.
    pub response: Vec<u8>,
    /// Its status.
    pub status: u16,
    /// Its headers, with their names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Exchange {
    /// The first header of that name, in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// Sends requests.
#[derive(Debug)]
pub struct Client {
    guard: Guard,
    limits: Limits,
    agent: String,
    tls: Arc<ClientConfig>,
}

impl Client {
    /// A client that names itself `agent`, and trusts whom the system trusts.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    pub fn new(guard: Guard, limits: Limits, agent: &str) -> Result<Self, FetchError> {
        Self::trusting(guard, limits, agent, Vec::new())
    }

    /// As [`Self::new`], and trusts these certificates too. For tests.
    #[doc(hidden)]
    pub fn trusting(
        guard: Guard,
        limits: Limits,
        agent: &str,
        more: Vec<CertificateDer<'static>>,
    ) -> Result<Self, FetchError> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(more);
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| FetchError::Connection(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { guard, limits, agent: agent.to_owned(), tls: Arc::new(tls) })
    }

    /// The limits it keeps to.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Asks for one address, and follows nothing.
    ///
    /// # Errors
    /// [`FetchError`].
    pub fn get(&self, url: &Url, more: &[(&str, &str)]) -> Result<Exchange, FetchError> {
        let addresses = self.guard.check(url).map_err(FetchError::Refused)?;
        let deadline = Instant::now() + self.limits.whole;
        let request = request(url, &self.agent, more);
        let mut last = FetchError::Slow;
        for address in addresses {
            let stream = match TcpStream::connect_timeout(&address, self.limits.connect.min(left(deadline)?)) {
                Ok(stream) => stream,
                Err(error) => {
                    last = FetchError::Connection(error.to_string());
                    continue;
                }
            };
            return self.exchange(stream, url, address, &request, deadline);
        }
        Err(last)
    }

    fn exchange(
        &self,
        stream: TcpStream,
        url: &Url,
        address: SocketAddr,
        request: &[u8],
        deadline: Instant,
    ) -> Result<Exchange, FetchError> {
        let response = if url.scheme() == "https" {
            let name = match url.host() {
                Some(Host::Domain(name)) => ServerName::try_from(name.trim_end_matches('.').to_owned()),
                Some(Host::Ipv4(ip)) => Ok(ServerName::from(std::net::IpAddr::V4(ip))),
                Some(Host::Ipv6(ip)) => Ok(ServerName::from(std::net::IpAddr::V6(ip))),
                None => return Err(FetchError::Refused(Refused::NoHost)),
            };
            let name = name.map_err(|error| FetchError::Connection(error.to_string()))?;
            let session = ClientConnection::new(Arc::clone(&self.tls), name)
                .map_err(|error| FetchError::Connection(error.to_string()))?;
            let mut stream = StreamOwned::new(session, stream);
            self.talk(&mut stream, |stream| &stream.sock, request, deadline)?
        } else {
            let mut stream = stream;
            self.talk(&mut stream, |stream| stream, request, deadline)?
        };
        let head = head(&response)?.ok_or_else(|| FetchError::Response("it is cut off".into()))?;
        Ok(Exchange {
            url: url.clone(),
            address,
            request: request.to_vec(),
            response,
            status: head.status,
            headers: head.headers,
        })
    }

    /// Sends a request, and reads its response to the end that it says it has.
    fn talk<S: Read + Write>(
        &self,
        stream: &mut S,
        socket: impl Fn(&S) -> &TcpStream,
        request: &[u8],
        deadline: Instant,
    ) -> Result<Vec<u8>, FetchError> {
        let broke = |error: &io::Error| match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => FetchError::Slow,
            _ => FetchError::Connection(error.to_string()),
        };
        let wait = |stream: &S| -> Result<(), FetchError> {
            let left = Some(left(deadline)?);
            let socket = socket(stream);
            socket.set_read_timeout(left).and_then(|()| socket.set_write_timeout(left)).map_err(|error| broke(&error))
        };
        wait(stream)?;
        stream.write_all(request).and_then(|()| stream.flush()).map_err(|error| broke(&error))?;
        let mut received = Vec::new();
        let mut end = End::Unknown;
        let mut buffer = vec![0; 16 << 10];
        loop {
            if matches!(end, End::Unknown) {
                end = End::of(&mut received)?;
            }
            if let Some(length) = end.reached(&received) {
                received.truncate(length);
                return Ok(received);
            }
            if received.len() > self.limits.bytes {
                return Err(FetchError::TooLarge);
            }
            wait(stream)?;
            match stream.read(&mut buffer) {
                Ok(0) if matches!(end, End::Close) => return Ok(received),
                Ok(0) => return Err(FetchError::Connection("it was closed before the end".into())),
                Ok(more) => received.extend_from_slice(&buffer[..more]),
                // Servers that close without saying so are common, and harmless where the end is the close.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && matches!(end, End::Close) => {
                    return Ok(received);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(broke(&error)),
            }
        }
    }
}

fn left(deadline: Instant) -> Result<Duration, FetchError> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(FetchError::Slow) } else { Ok(left) }
}

fn request(url: &Url, agent: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let host = &url[Position::BeforeHost..Position::AfterPort];
    let target = &url[Position::BeforePath..Position::AfterQuery];
    let mut request = format!(
        "GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\n\
         Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n\
         Accept-Encoding: gzip, br, zstd, deflate\r\nConnection: close\r\n"
    );
    for (name, value) in more {
        // A line break in a value would begin another header.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        let _ = write!(request, "{name}: {value}\r\n");
    }
    request.push_str("\r\n");
    request.into_bytes()
}

struct Head {
    status: u16,
    headers: Vec<(String, String)>,
    length: usize,
}

/// The head of a response, once it is there as a whole.
fn head(received: &[u8]) -> Result<Option<Head>, FetchError> {
    let mut space = [httparse::EMPTY_HEADER; HEADERS];
    let mut parsed = httparse::Response::new(&mut space);
    let status = httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut parsed, received);
    match status {
        Ok(httparse::Status::Complete(length)) => Ok(Some(Head {
            status: parsed.code.unwrap_or_default(),
            headers: parsed
                .headers
                .iter()
                .map(|header| {
                    (header.name.to_ascii_lowercase(), String::from_utf8_lossy(header.value).trim().to_owned())
                })
                .collect(),
            length,
        })),
        Ok(httparse::Status::Partial) if received.len() > HEAD => Err(FetchError::TooLarge),
        Ok(httparse::Status::Partial) => Ok(None),
        Err(error) => Err(FetchError::Response(error.to_string())),
    }
}

/// Where a response ends.
enum End {
    /// The head is not there yet.
    Unknown,
    /// After so many bytes.
    At(usize),
    /// After the last chunk; chunks before this byte are read.
    Chunks(std::cell::Cell<usize>),
    /// Where the connection is closed.
    Close,
}

impl End {
    /// Reads the end off the head, once that is there. Interim responses are cut away.
    fn of(received: &mut Vec<u8>) -> Result<Self, FetchError> {
        while let Some(head) = head(received)? {
            if (100..200).contains(&head.status) {
                received.drain(..head.length);
                continue;
            }
            let header = |name: &str| head.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value);
            if matches!(head.status, 204 | 304) {
                return Ok(Self::At(head.length));
            }
            if header("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked")) {
                return Ok(Self::Chunks(head.length.into()));
            }
            return Ok(match header("content-length").map(|length| length.parse::<usize>()) {
                Some(Ok(length)) => Self::At(head.length.saturating_add(length)),
                Some(Err(_)) => return Err(FetchError::Response("its length is no number".into())),
                None => Self::Close,
            });
        }
        Ok(Self::Unknown)
    }

    /// The length of the response, once it is there as a whole.
    fn reached(&self, received: &[u8]) -> Option<usize> {
        match self {
            Self::Unknown | Self::Close => None,
            Self::At(end) => (received.len() >= *end).then_some(*end),
            Self::Chunks(at) => loop {
                let rest = received.get(at.get()..)?;
                let Ok(httparse::Status::Complete((start, length))) = httparse::parse_chunk_size(rest) else {
                    return None;
                };
                if length == 0 {
                    // Trailers may follow; an empty line ends them.
                    let trailers = &rest[start..];
                    if trailers.starts_with(b"\r\n") {
                        return Some(at.get() + start + 2);
                    }
                    let end = trailers.windows(4).position(|four| four == b"\r\n\r\n")?;
                    return Some(at.get() + start + end + 4);
                }
                let next = usize::try_from(length).ok()?.checked_add(start + 2)?;
                if rest.len() < next {
                    return None;
                }
                at.set(at.get() + next);
            },
        }
    }
}

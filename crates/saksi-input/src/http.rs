//! An HTTP response as it was received: head, transfer coding, content coding.

use crate::reason::Reason;
use crate::unpack::{Packing, Stream, unpack};
use std::fmt;
use std::io::{Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// The most headers that a response may have.
const HEADERS: usize = 128;
/// The most content codings that a response may have on top of each other.
const CODINGS: usize = 3;

/// A response, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Its status.
    pub status: u16,
    /// Its headers, in order, with their names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body, without transfer and content coding.
    pub body: Vec<u8>,
}

/// Why a response cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseError {
    /// Its head is no HTTP.
    Head(String),
    /// Its body is packed in a way that is not read.
    Coding(String),
    /// Its body, unpacked, is too large, grows beyond measure, or is broken.
    Body(Reason),
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head(why) => write!(f, "its head is no HTTP: {why}"),
            Self::Coding(coding) => write!(f, "content coding `{coding}` is not read"),
            Self::Body(reason) => reason.fmt(f),
        }
    }
}

impl std::error::Error for ResponseError {}

impl Response {
    /// The first header of that name, in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The media type, in lower case and without parameters.
    pub fn media_type(&self) -> Option<String> {
        Some(self.header("content-type")?.split(';').next()?.trim().to_ascii_lowercase())
    }

    /// The charset that the media type names.
    pub fn charset(&self) -> Option<String> {
        let (_, parameters) = self.header("content-type")?.split_once(';')?;
        let (_, charset) = parameters
            .split(';')
            .filter_map(|part| part.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
        Some(charset.trim().trim_matches('"').to_owned()).filter(|charset| !charset.is_empty())
    }
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

/// Takes a response apart; its body may have `limit` bytes, and be `ratio` times larger than it was packed.
///
/// A coding that the head declares and the body does not have is passed over: archives often keep the head as it was
/// and the body unpacked.
///
/// # Errors
/// [`ResponseError`] if it is no HTTP, or its body cannot be unpacked.
pub fn payload(bytes: &[u8], limit: usize, ratio: u64) -> Result<Response, ResponseError> {
    let mut space = [httparse::EMPTY_HEADER; HEADERS];
    let mut head = httparse::Response::new(&mut space);
    let length = match httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut head, bytes)
    {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err(ResponseError::Head("it is cut off".into())),
        Err(error) => return Err(ResponseError::Head(error.to_string())),
    };
    let status = head.code.unwrap_or_default();
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .map(|header| (header.name.to_ascii_lowercase(), String::from_utf8_lossy(header.value).trim().to_owned()))
        .collect();
    let mut body = bytes[length..].to_vec();
    if header(&headers, "transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked")) {
        body = unchunked(&body).unwrap_or(body);
    }
    let codings = header(&headers, "content-encoding").unwrap_or_default().to_ascii_lowercase();
    let codings: Vec<&str> = codings.split(',').map(str::trim).filter(|coding| !coding.is_empty()).collect();
    if codings.len() > CODINGS {
        return Err(ResponseError::Coding(codings.join(", ")));
    }
    for coding in codings.iter().rev() {
        body = decoded(coding, body, limit, ratio)?;
    }
    if body.len() > limit {
        return Err(ResponseError::Body(Reason::TooLarge { limit }));
    }
    Ok(Response { status, headers, body })
}

fn decoded(coding: &str, body: Vec<u8>, limit: usize, ratio: u64) -> Result<Vec<u8>, ResponseError> {
    let packing = match coding {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => Packing::Gzip,
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => Packing::Zstd,
        "br" if std::str::from_utf8(&body).is_err() || body.iter().any(|byte| *byte < 9) => Packing::Brotli,
        "gzip" | "x-gzip" | "zstd" | "br" | "identity" | "none" | "utf-8" => return Ok(body),
        "deflate" => {
            // The standard means zlib's frame; some servers send none.
            let mut out = Vec::new();
            let framed = flate2::read::ZlibDecoder::new(body.as_slice()).take(limit as u64 + 1).read_to_end(&mut out);
            if framed.is_err() {
                out.clear();
                let bare =
                    flate2::read::DeflateDecoder::new(body.as_slice()).take(limit as u64 + 1).read_to_end(&mut out);
                if bare.is_err() {
                    return Ok(body);
                }
            }
            return if out.len() > limit { Err(ResponseError::Body(Reason::TooLarge { limit })) } else { Ok(out) };
        }
        other => return Err(ResponseError::Coding(other.chars().take(40).collect())),
    };
    let packed = Arc::new(AtomicU64::new(body.len() as u64));
    let stream: Stream = Box::new(Cursor::new(body));
    crate::open::up_to(unpack(packing, stream, packed, ratio), limit).map_err(ResponseError::Body)
}

/// A body without its chunks; none if it has no chunks. One that is cut off gives what there is.
fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut first = true;
    loop {
        match httparse::parse_chunk_size(bytes) {
            Ok(httparse::Status::Complete((start, length))) => {
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                let rest = &bytes[start..];
                if length == 0 || rest.len() <= length {
                    out.extend_from_slice(&rest[..length.min(rest.len())]);
                    return Some(out);
                }
                out.extend_from_slice(&rest[..length]);
                bytes = rest[length..].strip_prefix(b"\r\n").unwrap_or(&rest[length..]);
                first = false;
            }
            _ if first => return None,
            _ => return Some(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(response: &[u8]) -> Result<Response, ResponseError> {
        payload(response, 1000, 300)
    }

    #[test]
    fn chunks_are_joined() {
        let chunked =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n";
        assert_eq!(read(chunked).unwrap().body, b"hello world");
        let cut = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n wo";
        assert_eq!(read(cut).unwrap().body, b"hello wo");
        let not = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<html>";
        assert_eq!(read(not).unwrap().body, b"<html>");
    }

    #[test]
    fn a_coding_that_the_body_does_not_have_is_passed_over() {
        for coding in ["gzip", "br", "zstd", "deflate", "identity"] {
            let response = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n<html>x</html>");
            assert_eq!(read(response.as_bytes()).unwrap().body, b"<html>x</html>", "{coding}");
        }
        let odd = b"HTTP/1.1 200 OK\r\nContent-Encoding: lzw\r\n\r\nx";
        assert_eq!(read(odd), Err(ResponseError::Coding("lzw".into())));
    }

    #[test]
    fn a_body_that_is_too_large_is_refused() {
        let mut response = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        response.extend(std::iter::repeat_n(b'x', 1001));
        assert_eq!(read(&response), Err(ResponseError::Body(Reason::TooLarge { limit: 1000 })));
    }

    #[test]
    fn headers_compare_without_case() {
        let response = read(b"HTTP/1.1 404 Not Found\r\nContent-Type: Text/HTML; charset=x\r\n\r\n").unwrap();
        assert_eq!((response.status, response.media_type().as_deref()), (404, Some("text/html")));
        assert_eq!(response.charset().as_deref(), Some("x"));
        assert!(matches!(read(b"<html>"), Err(ResponseError::Head(_))));
    }
}

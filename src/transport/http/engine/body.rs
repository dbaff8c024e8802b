//! A request's body: of known length, or chunked and decoded in place as it comes.

use super::Limits;
use super::head::Refusal;

/// Bytes of one chunk-size line, extensions included.
const SIZE_LINE: usize = 16 + 256 + 2;

/// Bytes of all chunk extensions of a body together.
const EXTENSIONS: usize = 16 * 1024;

/// Bytes of all trailers together.
const TRAILERS: usize = 8 * 1024;

/// How a body is delimited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// So many bytes; none for a request without a body.
    Length(usize),
    /// Chunks.
    Chunked(Chunked),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Next {
    /// A line with a size.
    #[default]
    Size,
    /// So many bytes of data.
    Data(usize),
    /// The line end after data.
    DataEnd,
    /// Lines after the last chunk; the empty one ends the body.
    Trailer,
}

/// A decoder's place in a chunked body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chunked {
    next: Next,
    /// Decoded bytes so far.
    decoded: usize,
    extensions: usize,
    trailers: usize,
}

impl Chunked {
    /// Decoded bytes so far.
    pub(super) fn decoded(&self) -> usize {
        self.decoded
    }

    /// Decodes what has come after `start + decoded`, leaving data packed from `start` on.
    /// True once the body is whole; bytes of the next request then follow the data.
    pub(super) fn advance(
        &mut self,
        bytes: &mut Vec<u8>,
        start: usize,
        limits: &Limits,
    ) -> Result<bool, Refusal> {
        let mut raw = start + self.decoded;
        let result = loop {
            match self.step(bytes, start, &mut raw, limits) {
                Ok(Step::Again) => {}
                Ok(Step::Wait) => break Ok(false),
                Ok(Step::Done) => break Ok(true),
                Err(refusal) => break Err(refusal),
            }
        };
        // The framing goes, so the buffer stays as small as its data.
        bytes.drain(start + self.decoded..raw);
        result
    }

    fn step(
        &mut self,
        bytes: &mut [u8],
        start: usize,
        raw: &mut usize,
        limits: &Limits,
    ) -> Result<Step, Refusal> {
        if let Next::Data(left) = self.next {
            return Ok(self.data(bytes, start, raw, left));
        }
        let Some(line) = line(&bytes[*raw..])? else { return Ok(Step::Wait) };
        *raw += line.len() + 2;
        match self.next {
            Next::DataEnd if line.is_empty() => self.next = Next::Size,
            Next::DataEnd => return Err(Refusal(400, "no line end after a chunk")),
            Next::Trailer if line.is_empty() => return Ok(Step::Done),
            Next::Trailer => {
                self.trailers += line.len();
                if self.trailers > TRAILERS {
                    return Err(Refusal(431, "trailers are too long"));
                }
            }
            _ => self.size(line, limits)?,
        }
        Ok(Step::Again)
    }

    fn data(&mut self, bytes: &mut [u8], start: usize, raw: &mut usize, left: usize) -> Step {
        let take = left.min(bytes.len() - *raw);
        bytes.copy_within(*raw..*raw + take, start + self.decoded);
        *raw += take;
        self.decoded += take;
        self.next = if take == left { Next::DataEnd } else { Next::Data(left - take) };
        if take == left { Step::Again } else { Step::Wait }
    }

    fn size(&mut self, line: &[u8], limits: &Limits) -> Result<(), Refusal> {
        const BAD: Refusal = Refusal(400, "malformed chunk size");
        let digits = line.iter().take_while(|b| b.is_ascii_hexdigit()).count();
        let extension = line[digits..].trim_ascii_start();
        if digits == 0 || digits > 16 || !(extension.is_empty() || extension[0] == b';') {
            return Err(BAD);
        }
        if line[digits..].iter().any(|&b| b < 0x20 && b != b'\t') {
            return Err(BAD);
        }
        self.extensions += line.len() - digits;
        if self.extensions > EXTENSIONS {
            return Err(Refusal(400, "chunk extensions are too long"));
        }
        let text = str::from_utf8(&line[..digits]).map_err(|_| BAD)?;
        let size = u64::from_str_radix(text, 16).map_err(|_| BAD)?;
        let room = limits.body_bytes.saturating_sub(self.decoded) as u64;
        if size > room {
            return Err(Refusal(413, "the body is too large"));
        }
        self.next = if size == 0 { Next::Trailer } else { Next::Data(size as usize) };
        Ok(())
    }
}

enum Step {
    Again,
    Wait,
    Done,
}

/// The first line without its end, once it is there.
fn line(bytes: &[u8]) -> Result<Option<&[u8]>, Refusal> {
    let window = &bytes[..bytes.len().min(SIZE_LINE)];
    match window.iter().position(|&b| b == b'\n') {
        Some(end) if end > 0 && window[end - 1] == b'\r' => Ok(Some(&window[..end - 1])),
        Some(_) => Err(Refusal(400, "a line of the body's framing ends without CR")),
        None if window.len() == SIZE_LINE => Err(Refusal(400, "a line of the body's framing is too long")),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits { body_bytes: 64, ..Limits::default() }
    }

    type Decoded = Option<(Vec<u8>, Vec<u8>)>;

    /// Feeds `text` in pieces of `piece` bytes: body and leftovers, or the refusal's status.
    fn decode(text: &[u8], piece: usize) -> Result<Decoded, u16> {
        let mut decoder = Chunked::default();
        let mut bytes = b"head".to_vec();
        let mut done = false;
        for part in text.chunks(piece) {
            bytes.extend_from_slice(part);
            if !done {
                done = decoder.advance(&mut bytes, 4, &limits()).map_err(|refusal| refusal.0)?;
            }
        }
        let rest = bytes.split_off(4 + decoder.decoded());
        Ok(done.then(|| (bytes[4..].to_vec(), rest)))
    }

    #[test]
    fn decodes_at_every_split() {
        let text = b"4\r\nWiki\r\n5;name=\"x\"\r\npedia\r\n0\r\nTrailer: x\r\n\r\nGET /next";
        for piece in 1..text.len() {
            let (body, rest) = decode(text, piece).unwrap().unwrap();
            assert_eq!(body, b"Wikipedia", "pieces of {piece}");
            assert_eq!(rest, b"GET /next", "pieces of {piece}");
        }
    }

    #[test]
    fn refuses_what_is_not_a_chunk() {
        let long = [b"1;".as_slice(), &[b'x'; 300], b"\r\n"].concat();
        let table: [(&[u8], u16); 12] = [
            (b"\r\n", 400),
            (b"g\r\n", 400),
            (b"-1\r\n", 400),
            (b"+1\r\n", 400),
            (b"0x1\r\n", 400),
            (b" 1\r\n", 400),
            (b"1\n", 400),
            (b"1\r\nab\r\n", 400),
            (b"00000000000000001\r\n", 400),
            (b"ffffffffffffffff\r\n", 413),
            (b"41\r\n", 413),
            (&long, 400),
        ];
        for (text, status) in table {
            assert_eq!(decode(text, 1000), Err(status), "{}", text.escape_ascii());
        }
        assert_eq!(decode(b"1\r\na\r\n", 1000), Ok(None));
    }

    #[test]
    fn trailers_are_bounded() {
        let mut text = b"0\r\n".to_vec();
        text.extend(b"name: value\r\n".repeat(2000));
        assert_eq!(decode(&text, 100_000), Err(431));
    }
}

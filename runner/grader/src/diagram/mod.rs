//! Sequence diagrams: what was said in a scenario, as a picture and in words.
//!
//! A report draws them from the transcript of a failed scenario, the book from a recorded one. The way is
//! transcript → `gather` → [`Diagram`] → `text`, `list`, `svg` or `words`. Nothing here decides anything:
//! which entry is marked was settled before. Next: [`label`], what one arrow says.

mod columns;
mod gather;
mod grid;
pub mod label;
mod list;
mod routine;
pub mod shorten;
mod svg;
mod text;
mod words;

use crate::transcript::{Direction, Transcript};

pub use grid::{Ink, Line, Span, plain};
pub use label::Label;
pub use shorten::Charset;

/// How much of a transcript a diagram shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// The last packets up to the marked one, without what always happens: handshakes, heartbeats, fences.
    #[default]
    Telling,
    /// The same without an end, and with all acknowledgements: all packets but those that always come.
    Story,
    /// Everything but the grader's own housekeeping.
    Whole,
    /// Everything.
    Housekeeping,
}

/// What one arrow is about; it decides the words, not the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saying {
    /// An event.
    Event,
    /// An acknowledgement.
    Ack,
    /// CONNECT: asks to be let in.
    Connect,
    /// CONNECT, the answer to it.
    Welcome,
    /// `CONNECT_ERROR`.
    Refusal,
    /// DISCONNECT.
    Leave,
    /// An Engine.IO packet that is no Socket.IO packet.
    Frame,
    /// The transport opened, or moved to WebSocket.
    Transport,
    /// The transport ended.
    Close,
    /// An HTTP request or its answer.
    Http,
    /// The program printed a line, or its page shows one.
    Print,
    /// Something was done with the program's page, or on it.
    Deed,
    /// The program ended.
    End,
    /// A remark of the grader.
    Note,
}

/// One arrow, or one thing that happened in one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// What it is about.
    pub saying: Saying,
    /// Indexes into [`Diagram::actors`], in ascending order. Empty: the program alone.
    pub actors: Vec<usize>,
    /// Which way it goes; `None` when nothing crosses.
    pub direction: Option<Direction>,
    /// What it says.
    pub label: Label,
    /// The frame as it was on the wire, not shortened. `None` when merged packets differ in it.
    pub frame: Option<String>,
    /// How many equal packets are merged into it.
    pub times: usize,
    /// Whether the mismatch is about it.
    pub marked: bool,
}

/// What was said, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagram {
    /// The program under test: `your server`, `your client`. Its column is the last.
    pub program: String,
    /// The other columns; with their nodes, where there are several: `asha (node 2)`.
    pub actors: Vec<String>,
    /// What happened, in order.
    pub arrows: Vec<Arrow>,
    /// How many packets before the first arrow are left out.
    pub earlier: usize,
    /// How many packets after the last arrow are left out.
    pub later: usize,
}

impl Diagram {
    /// The telling part of a transcript. `program` names the last column: `your server` or `your client`.
    pub fn from_transcript(transcript: &Transcript, program: &str) -> Self {
        Self::in_detail(transcript, program, Detail::Telling)
    }

    /// As much of a transcript as `detail` says.
    pub fn in_detail(transcript: &Transcript, program: &str, detail: Detail) -> Self {
        gather::diagram(transcript, program, detail)
    }

    /// The indexes of the entries that have an arrow in this detail: what a list of packets shows beside a diagram.
    /// Of a packet with attachments it is the entry that completes it.
    pub fn told(transcript: &Transcript, detail: Detail) -> Vec<usize> {
        gather::told(transcript, detail)
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.arrows.is_empty()
    }

    /// The picture in box-drawing characters; no line is wider than `width` columns.
    ///
    /// Too many actors for the width make it a list, one line for each packet.
    pub fn to_text(&self, width: usize) -> String {
        plain(&self.to_lines(width, Charset::Unicode))
    }

    /// The picture in ASCII alone, for terminals that cannot show more.
    pub fn to_ascii(&self, width: usize) -> String {
        plain(&self.to_lines(width, Charset::Ascii))
    }

    /// The picture as lines of inked spans, for a writer that has colours.
    pub fn to_lines(&self, width: usize, charset: Charset) -> Vec<Line> {
        if self.is_empty() {
            return Vec::new();
        }
        columns::Columns::fit(self, width, charset)
            .map_or_else(|| list::draw(self, width, charset), |columns| text::draw(self, &columns, charset))
    }

    /// One `<svg>` element with a text alternative, in the colours of the page around it.
    pub fn to_svg(&self) -> String {
        svg::draw(self)
    }

    /// One sentence for each arrow.
    pub fn to_words(&self) -> Vec<String> {
        words::sentences(self)
    }
}

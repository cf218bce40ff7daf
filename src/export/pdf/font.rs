//! The fonts of the page: which glyphs a text takes, how wide it is, and what it cannot write.
//!
//! Nothing is left to a viewer or to chance: a character that the fonts lack, or that would not stand where it
//! belongs, is refused by name.

use std::{cell::RefCell, ops::Range, ptr, sync::Arc};

use harfrust::{Feature, GlyphBuffer, Script, ShapeOptions, ShapePlan, ShaperData, Tag, UnicodeBuffer, script};
use krilla::text::Font;
use skrifa::{FontRef, MetadataProvider, raw::TableProvider};

use super::sheet::{Length, Look, Style};
use crate::{export::Refused, json::printable};

/// The shipped font, IBM Plex Sans, as its makers give it out; its licence is beside it.
const REGULAR: &[u8] = include_bytes!("font/IBMPlexSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("font/IBMPlexSans-Bold.ttf");

/// Why a character cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unset {
    /// The built-in font has no glyph for it.
    Missing,
    /// Neither has the font that was given.
    InNeither,
    /// It is written from right to left.
    RightToLeft,
    /// It belongs to a script whose letters change with their neighbours, or is not seen at all.
    Unknown,
    /// It is an accent that the font cannot put on the letter before it.
    Adrift,
}

/// The fonts of a page.
pub(super) struct Type<'a> {
    regular: Cut<'static>,
    bold: Cut<'static>,
    /// The font that the user gave, for what the built-in one lacks. It has no bold cut.
    other: Option<Cut<'a>>,
}

/// One font file.
pub(super) struct Cut<'a> {
    file: FontRef<'a>,
    shaping: ShaperData,
    embedded: Font,
    /// The units of the font in the height of a line.
    per_em: i32,
    /// How the font sets a script. Finding this out takes many times as long as setting a line.
    plans: RefCell<Vec<(Script, ShapePlan)>>,
}

/// A glyph in its place, in units of the font.
pub(super) struct Glyph {
    pub(super) id: u32,
    pub(super) advance: i32,
    pub(super) right: i32,
    pub(super) up: i32,
    /// The bytes of the run that it represents.
    pub(super) text: Range<usize>,
}

/// A part of a line that is set in one font.
pub(super) struct Run<'t, 'f> {
    pub(super) text: &'t str,
    pub(super) cut: &'f Cut<'f>,
    pub(super) glyphs: Vec<Glyph>,
}

impl<'a> Cut<'a> {
    /// The font of a file, if it is one.
    fn of(bytes: &'a [u8], embedded: Option<Font>) -> Option<Self> {
        let file = FontRef::from_index(bytes, 0).ok()?;
        let per_em = file.head().ok()?.units_per_em();
        let shaping = ShaperData::new(&file);
        let plans = RefCell::default();
        (per_em > 0).then_some(Self { file, shaping, embedded: embedded?, per_em: per_em.into(), plans })
    }

    /// The font as it is embedded.
    pub(super) fn embedded(&self) -> Font {
        self.embedded.clone()
    }

    /// The units of the font in the height of a line.
    pub(super) fn per_em(&self) -> i32 {
        self.per_em
    }

    /// Whether its licence allows what is drawn of it to be embedded. The flag is one of version 2 of its table.
    fn may_be_embedded(&self) -> bool {
        const BITMAPS_ALONE: u16 = 0x0200;
        self.file.os2().is_ok_and(|os2| os2.version() < 2 || os2.fs_type() & BITMAPS_ALONE == 0)
    }

    fn shaped(&self, text: &str) -> GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let (script, shaper) = (buffer.script(), self.shaping.shaper(&self.file).build());
        // A letter stays a letter: no two of them become one sign.
        let features = [Feature::new(Tag::new(b"liga"), 0, ..)];
        let mut plans = self.plans.borrow_mut();
        let at = plans.iter().position(|(of, _)| *of == script).unwrap_or_else(|| {
            let known = Some(script).filter(|it| *it != script::UNKNOWN);
            plans.push((script, ShapePlan::new(&shaper, buffer.direction(), known, None, &features)));
            plans.len() - 1
        });
        shaper.shape(buffer, ShapeOptions::new().plan(Some(&plans[at].1)).features(&features))
    }

    /// The glyphs of a text, or the first character that the font cannot set.
    fn set(&self, text: &str) -> Result<Vec<Glyph>, (char, Unset)> {
        let shaped = self.shaped(text);
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let mut glyphs = Vec::with_capacity(starts.len());
        for (at, (info, place)) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate() {
            let start = starts[at];
            let end = starts[at..].iter().copied().find(|it| *it > start).unwrap_or(text.len());
            glyphs.push(Glyph {
                id: info.glyph_id,
                advance: place.x_advance,
                right: place.x_offset,
                up: place.y_offset,
                text: start..end,
            });
        }
        for cluster in glyphs.chunk_by(|one, next| one.text == next.text) {
            let said = &text[cluster[0].text.clone()];
            let first = said.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
            if cluster.iter().any(|glyph| glyph.id == 0) {
                let missing = said.chars().find(|c| self.file.charmap().map(*c).is_none());
                return Err((missing.unwrap_or(first), Unset::Missing));
            }
            if let Some(accent) = said.chars().find(|c| is_accent(*c))
                && !stands(cluster, is_accent(first))
            {
                return Err((accent, Unset::Adrift));
            }
        }
        Ok(glyphs)
    }
}

impl Run<'_, '_> {
    /// How wide it is in this size, rounded up.
    pub(super) fn width(&self, size: Length) -> Length {
        let units: i64 = self.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
        let per_em = i64::from(self.cut.per_em);
        Length::try_from((units * i64::from(size) + per_em - 1) / per_em).unwrap_or(Length::MAX)
    }
}

impl<'a> Type<'a> {
    /// The shipped font, and that of the user for what it lacks.
    ///
    /// # Panics
    /// Never: the shipped files are fonts, which every test of the page shows.
    pub(super) fn new(given: Option<&'a Arc<Vec<u8>>>) -> Result<Self, Refused> {
        let shipped =
            |bytes: &'static [u8]| Cut::of(bytes, Font::new(bytes.into(), 0)).expect("the shipped file is a font");
        let other = given.map(|bytes| {
            let cut = Cut::of(bytes, Font::new(Arc::clone(bytes).into(), 0)).ok_or(Refused::NotAFont)?;
            if cut.may_be_embedded() { Ok(cut) } else { Err(Refused::FontNotEmbeddable) }
        });
        Ok(Self { regular: shipped(REGULAR), bold: shipped(BOLD), other: other.transpose()? })
    }

    fn cut(&self, style: Style) -> &Cut<'static> {
        match style {
            Style::Regular => &self.regular,
            Style::Bold => &self.bold,
        }
    }

    /// The width of a text on one line.
    pub(super) fn width(&self, text: &str, look: Look) -> Result<Length, Refused> {
        Ok(self.runs(text, look.style)?.iter().map(|run| run.width(look.size)).fold(0, Length::saturating_add))
    }

    /// A text on one line, in parts of one font each: the built-in font for what it has, and that of the user for the
    /// rest.
    pub(super) fn runs<'t>(&self, text: &'t str, style: Style) -> Result<Vec<Run<'t, '_>>, Refused> {
        let refused = |(character, why)| {
            let place = format!("\"{}\"", printable(text));
            Err(Refused::Character { place, character, why })
        };
        if let Some(beyond) = text.chars().find_map(|c| Some((c, beyond(c)?))) {
            return refused(beyond);
        }
        let own = self.cut(style);
        let lacking = match own.set(text) {
            Ok(glyphs) => return Ok(vec![Run { text, cut: own, glyphs }]),
            Err(lacking) => lacking,
        };
        let Some(other) = &self.other else { return refused(lacking) };
        let mut runs: Vec<(&Cut<'_>, Range<usize>)> = Vec::new();
        for letter in letters(text) {
            let cut = if own.set(&text[letter.clone()]).is_ok() { own } else { other };
            match runs.last_mut() {
                Some((last, range)) if ptr::eq(*last, cut) => range.end = letter.end,
                _ => runs.push((cut, letter)),
            }
        }
        let mut set = Vec::with_capacity(runs.len());
        for (cut, range) in runs {
            let text = &text[range];
            match cut.set(text) {
                Ok(glyphs) => set.push(Run { text, cut, glyphs }),
                Err((character, Unset::Missing)) => return refused((character, Unset::InNeither)),
                Err(adrift) => return refused(adrift),
            }
        }
        Ok(set)
    }
}

/// The letters of a text by their bytes, each with its accents.
pub(super) fn letters(text: &str) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = text.char_indices().filter(|(_, c)| !is_accent(*c)).map(|(at, _)| at).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// Whether an accent is on its letter: as one glyph with it, or as a second one that the font has placed.
fn stands(cluster: &[Glyph], alone: bool) -> bool {
    match cluster {
        _ if alone => false,
        [_] => true,
        [_, accent] => (accent.right, accent.up) != (0, 0),
        _ => false,
    }
}

/// Accents that are on the letter before them.
fn is_accent(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36F}'
            | '\u{483}'..='\u{489}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{3099}'..='\u{309A}'
            | '\u{FE20}'..='\u{FE2F}'
    )
}

/// Why a character is beyond a line that runs from left to right, letter by letter; none where it is not.
fn beyond(c: char) -> Option<Unset> {
    match c {
        '\u{590}'..='\u{8FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}' => Some(Unset::RightToLeft),
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => Some(Unset::Unknown),
        // Latin, Greek, Cyrillic, Armenian, Georgian, signs, and the scripts of East Asia.
        ' '..='~'
        | '\u{A0}'..='\u{58F}'
        | '\u{10A0}'..='\u{10FF}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1C80}'..='\u{1CBF}'
        | '\u{1D00}'..='\u{2BFF}'
        | '\u{2C60}'..='\u{2C7F}'
        | '\u{2DE0}'..='\u{9FFF}'
        | '\u{A640}'..='\u{A69F}'
        | '\u{A720}'..='\u{A7FF}'
        | '\u{AB30}'..='\u{AB6F}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FB06}'
        | '\u{FE20}'..='\u{FE2F}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF01}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFD}' => None,
        // A sign beyond these is named as missing where the font lacks it, which nearly all fonts do.
        '\u{1F000}'..='\u{1FAFF}' => Some(Unset::Missing),
        _ => Some(Unset::Unknown),
    }
}

//! The font of the page: which glyphs a text takes, how wide it is, and what it cannot write.
//!
//! Nothing is left to a viewer or to chance: a character that the font lacks, or that would not stand where it
//! belongs, is refused by name.

use std::{cell::RefCell, ops::Range, sync::Arc};

use krilla::text::Font;
use rustybuzz::{Face, Feature, GlyphBuffer, Script, ShapePlan, UnicodeBuffer, script, ttf_parser::Tag};

use super::sheet::{Length, Look, Style};
use crate::{export::Refused, json::printable};

/// The shipped font, IBM Plex Sans, as its makers give it out; its licence is beside it.
const REGULAR: &[u8] = include_bytes!("font/IBMPlexSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("font/IBMPlexSans-Bold.ttf");

/// Why a character cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unset {
    /// The font has no glyph for it.
    Missing,
    /// It is written from right to left.
    RightToLeft,
    /// It belongs to a script whose letters change with their neighbours, or is not seen at all.
    Unknown,
    /// It is an accent that the font cannot put on the letter before it.
    Adrift,
}

/// The cuts of one font.
pub(super) struct Type<'a> {
    regular: Cut<'a>,
    /// None where the font was given by the user: then size and rules carry the weight.
    bold: Option<Cut<'a>>,
}

/// One font file.
struct Cut<'a> {
    face: Face<'a>,
    font: Font,
    /// How the font sets a script. Finding this out takes many times as long as setting a line.
    plans: RefCell<Vec<(Script, ShapePlan)>>,
}

impl<'a> Cut<'a> {
    fn new(face: Face<'a>, font: Font) -> Self {
        Self { face, font, plans: RefCell::default() }
    }

    fn set(&self, text: &str) -> GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let script = buffer.script();
        let mut plans = self.plans.borrow_mut();
        let at = plans.iter().position(|(of, _)| *of == script).unwrap_or_else(|| {
            // A letter stays a letter: no two of them become one sign.
            let features = [Feature::new(Tag::from_bytes(b"liga"), 0, ..)];
            let known = Some(script).filter(|it| *it != script::UNKNOWN);
            plans.push((script, ShapePlan::new(&self.face, buffer.direction(), known, None, &features)));
            plans.len() - 1
        });
        rustybuzz::shape_with_plan(&self.face, &plans[at].1, buffer)
    }
}

/// A glyph in its place, in units of the font.
pub(super) struct Glyph {
    pub(super) id: u32,
    pub(super) advance: i32,
    pub(super) right: i32,
    pub(super) up: i32,
    /// The bytes of the text that it represents.
    pub(super) text: Range<usize>,
}

impl Type<'static> {
    /// The shipped font.
    ///
    /// # Panics
    /// Never: the shipped files are fonts, which every test of the page shows.
    pub(super) fn shipped() -> Self {
        let cut = |bytes: &'static [u8]| {
            let face = Face::from_slice(bytes, 0).expect("the shipped file is a font");
            Cut::new(face, Font::new(bytes.into(), 0).expect("the shipped file is a font"))
        };
        Self { regular: cut(REGULAR), bold: Some(cut(BOLD)) }
    }
}

impl<'a> Type<'a> {
    /// A font that the user gave.
    pub(super) fn given(bytes: &'a Arc<Vec<u8>>) -> Result<Self, Refused> {
        let face = Face::from_slice(bytes, 0).filter(|face| face.units_per_em() > 0);
        let font = Font::new(Arc::clone(bytes).into(), 0);
        match face.zip(font) {
            Some((face, _)) if !face.is_outline_embedding_allowed() => Err(Refused::FontNotEmbeddable),
            Some((face, font)) => Ok(Self { regular: Cut::new(face, font), bold: None }),
            None => Err(Refused::NotAFont),
        }
    }

    fn cut(&self, style: Style) -> &Cut<'a> {
        match style {
            Style::Regular => &self.regular,
            Style::Bold => self.bold.as_ref().unwrap_or(&self.regular),
        }
    }

    /// The font as it is embedded.
    pub(super) fn font(&self, style: Style) -> Font {
        self.cut(style).font.clone()
    }

    /// The units of the font in the height of a line.
    pub(super) fn units_per_em(&self, style: Style) -> i32 {
        self.cut(style).face.units_per_em()
    }

    /// The width of a text on one line.
    pub(super) fn width(&self, text: &str, look: Look) -> Result<Length, Refused> {
        let units: i64 = self.shape(text, look.style)?.iter().map(|glyph| i64::from(glyph.advance)).sum();
        let per_em = i64::from(self.units_per_em(look.style));
        let width = (units * i64::from(look.size) + per_em - 1) / per_em;
        Ok(Length::try_from(width).unwrap_or(Length::MAX))
    }

    /// The glyphs of a text on one line.
    pub(super) fn shape(&self, text: &str, style: Style) -> Result<Vec<Glyph>, Refused> {
        let cut = self.cut(style);
        let refused = |character, why| Refused::Character { place: format!("\"{}\"", printable(text)), character, why };
        if let Some((character, why)) = text.chars().find_map(|c| Some((c, beyond(c)?))) {
            return Err(refused(character, why));
        }
        let shaped = cut.set(text);
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
                let missing = said.chars().find(|c| cut.face.glyph_index(*c).is_none());
                return Err(refused(missing.unwrap_or(first), Unset::Missing));
            }
            if let Some(accent) = said.chars().find(|c| is_accent(*c))
                && !stands(cluster, is_accent(first))
            {
                return Err(refused(accent, Unset::Adrift));
            }
        }
        Ok(glyphs)
    }
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
pub(super) fn is_accent(c: char) -> bool {
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

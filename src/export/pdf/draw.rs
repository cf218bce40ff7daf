//! The pages that are laid out, drawn as a tagged PDF for the archive (PDF/A-2a): the same bytes for the same page.

use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use krilla::{
    Document, SerializeSettings,
    color::luma,
    configure::{Archival, ConfigurationBuilder},
    geom::{PathBuilder, Point, Rect},
    metadata::{self, Metadata},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag},
    text::{GlyphId, KrillaGlyph},
};

use super::{
    font::{Glyph, Type},
    read_aloud::{Heard, LANGUAGE},
    sheet::{Length, Page, Paper, Placed, Role},
};
use crate::export::Refused;

/// What a document says of itself beside its pages.
pub(super) struct About<'a> {
    /// The title.
    pub(super) title: String,
    /// What no other document of the same moment has.
    pub(super) content: String,
    /// The moment of printing, by the clock on the wall.
    pub(super) at: DateTime<FixedOffset>,
    /// The paper.
    pub(super) paper: Paper,
    /// The fonts.
    pub(super) fonts: &'a Type<'a>,
    /// Whether one of them is the user's.
    pub(super) has_other_font: bool,
}

/// The document of the pages.
pub(super) fn document(about: &About<'_>, pages: &[Page]) -> Result<Vec<u8>, Refused> {
    let archive = ConfigurationBuilder::new().with_archival_validator(Archival::A2_A).finish();
    let configuration = archive.map_err(|_| Refused::NotDrawn)?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(about));
    let mut heard = Heard::default();
    for page in pages {
        let size = PageSettings::from_wh(points(about.paper.width()), points(about.paper.height()));
        let mut sheet = document.start_page_with(size.ok_or(Refused::NotDrawn)?);
        let mut surface = sheet.surface();
        draw(&mut surface, about.fonts, page, &mut heard)?;
        surface.finish();
        sheet.finish();
    }
    document.set_tag_tree(heard.into_tree());
    // Whatever the checks of the layout let through, and the rules for archives do not, lies in the font.
    document.finish().map_err(|_| if about.has_other_font { Refused::FontNotEmbeddable } else { Refused::NotDrawn })
}

fn metadata(about: &About<'_>) -> Metadata {
    let at = about.at;
    let program = concat!("osteodose ", env!("CARGO_PKG_VERSION"));
    // No month, day, hour, minute or second is above 59.
    let small = |n: u32| u8::try_from(n).unwrap_or_default();
    let date = metadata::DateTime::new(u16::try_from(at.year()).unwrap_or_default());
    let date = date.month(small(at.month())).day(small(at.day())).hour(small(at.hour()));
    let minutes = at.offset().local_minus_utc() / 60;
    // No offset is a day or more.
    let ahead = i8::try_from(minutes / 60).unwrap_or_default();
    let date = date.minute(small(at.minute())).second(small(at.second()));
    let date = date.utc_offset_hour(ahead).utc_offset_minute(small((minutes % 60).unsigned_abs()));
    Metadata::new()
        .title(about.title.clone())
        .authors(vec![program.to_owned()])
        .creator(program.to_owned())
        .language(LANGUAGE.to_owned())
        .creation_date(date)
        .document_id(format!("{} {}", at.to_rfc3339(), about.content))
}

fn draw(surface: &mut Surface<'_>, fonts: &Type<'_>, page: &Page, heard: &mut Heard) -> Result<(), Refused> {
    surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
    let mut path = PathBuilder::new();
    for bar in &page.bars {
        let rect = Rect::from_xywh(points(bar.left), points(bar.top), points(bar.width), points(bar.height));
        path.push_rect(rect.ok_or(Refused::NotDrawn)?);
    }
    if let Some(path) = path.finish() {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.draw_path(&path);
        surface.end_tagged();
    }
    for placed in &page.texts {
        if placed.role == Role::Edge {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
        } else {
            heard.add(placed.role, surface.start_tagged(ContentTag::Span(SpanTag::empty())));
        }
        write(surface, fonts, placed)?;
        surface.end_tagged();
    }
    Ok(())
}

fn write(surface: &mut Surface<'_>, fonts: &Type<'_>, placed: &Placed) -> Result<(), Refused> {
    let Placed { mut left, top, look, ref text, .. } = *placed;
    for run in fonts.runs(text, look.style)? {
        let per_em = run.cut.per_em();
        let glyphs: Vec<KrillaGlyph> = run.glyphs.iter().map(|glyph| drawn(glyph, per_em)).collect();
        let start = Point::from_xy(points(left), points(top + look.baseline()));
        surface.draw_glyphs(start, &glyphs, run.cut.embedded(), run.text, points(look.size), false);
        left += run.width(look.size);
    }
    Ok(())
}

fn drawn(glyph: &Glyph, per_em: i32) -> KrillaGlyph {
    KrillaGlyph::new(
        GlyphId::new(glyph.id),
        ratio(glyph.advance, per_em),
        ratio(glyph.right, per_em),
        ratio(glyph.up, per_em),
        0.0,
        glyph.text.clone(),
        None,
    )
}

/// A length as a PDF has it.
fn points(length: Length) -> f32 {
    ratio(length, super::sheet::POINT)
}

#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "places on paper, far below 2 to the 24th")]
fn ratio(part: i32, whole: i32) -> f32 {
    part as f32 / whole as f32
}

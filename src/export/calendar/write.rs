//! Events as RFC 5545 writes them; the library escapes texts and folds lines.

use calcard::{
    common::{CalendarScale, PartialDateTime},
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarParameter, ICalendarProperty as Property,
        ICalendarStatus, ICalendarTransparency, ICalendarValue, ICalendarValueType,
    },
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::{DayEvent, Standing, sequence};

/// Who made the calendar, in the form that the standard advises.
const MADE_BY: &str = concat!("-//osteodose//osteodose ", env!("CARGO_PKG_VERSION"), "//EN");

/// A calendar of these events. It has no METHOD: it is a file to be taken in and no message between calendars, for
/// which the standard wants the address of an organizer, and a plan has none. With METHOD:CANCEL everything in the
/// file would be cancelled.
pub(super) fn calendar(events: &[DayEvent], at: DateTime<Utc>) -> String {
    let mut all = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    all.add_property(Property::Version, "2.0");
    all.add_property(Property::Prodid, MADE_BY);
    all.add_property(Property::Calscale, CalendarScale::Gregorian);
    // The first component holds the others, by their places behind it.
    all.component_ids = (1..).zip(events).map(|(place, _)| place).collect();
    let components = std::iter::once(all).chain(events.iter().map(|event| component(event, at))).collect();
    ICalendar { components }.to_string()
}

fn component(event: &DayEvent, at: DateTime<Utc>) -> ICalendarComponent {
    let moment = PartialDateTime::from_utc_timestamp(at.timestamp());
    let mut it = ICalendarComponent::new(ICalendarComponentType::VEvent);
    it.add_uid(&event.uid);
    it.add_dtstamp(moment.clone());
    it.add_property(Property::LastModified, moment);
    it.add_sequence(sequence(at));
    it.add_property_with_params(Property::Dtstart, [whole_day()], day(event.date));
    // The day after, on which the event is over. Left out it would mean the same, but not every reader knows.
    it.add_property_with_params(Property::Dtend, [whole_day()], day(event.date.succ_opt().unwrap_or(event.date)));
    it.add_property(Property::Summary, event.summary.as_str());
    it.add_property(Property::Description, event.description.as_str());
    it.add_property(Property::Status, status(event.standing));
    // A dose does not make the calendar's owner busy.
    it.add_property(Property::Transp, ICalendarTransparency::Transparent);
    it
}

fn whole_day() -> ICalendarParameter {
    ICalendarParameter::value(ICalendarValueType::Date)
}

fn day(date: NaiveDate) -> ICalendarValue {
    // Every date of a plan has a year of four digits, and a month and a day below 32.
    let small = |n: u32| u8::try_from(n).ok();
    PartialDateTime {
        year: u16::try_from(date.year()).ok(),
        month: small(date.month()),
        day: small(date.day()),
        ..PartialDateTime::default()
    }
    .into()
}

fn status(standing: Standing) -> ICalendarStatus {
    match standing {
        Standing::Confirmed => ICalendarStatus::Confirmed,
        Standing::Tentative => ICalendarStatus::Tentative,
        Standing::Cancelled => ICalendarStatus::Cancelled,
    }
}

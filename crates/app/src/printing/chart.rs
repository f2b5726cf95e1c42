//! Charts for reports.

use domain::Day;
use plotters::prelude::{
    AreaSeries, ChartBuilder, Circle, Color, IntoDrawingArea, IntoFont, LineSeries, RGBColor,
    Rectangle, SVGBackend,
};
use plotters::style::ShapeStyle;

/// The blue of the screens' charts, and the gray of what stands beside it.
const INK: RGBColor = RGBColor(0x2f, 0x6f, 0xb5);
const FAINT: RGBColor = RGBColor(0xdd, 0xdd, 0xdd);
const TEXT: RGBColor = RGBColor(0x44, 0x44, 0x44);
/// Room for the numbers beside and below, in pixels.
const LABELS: (u32, u32) = (60, 28);
const TEXT_PX: u32 = 14;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bars,
    Area,
    /// For shares, whose zero is far away.
    Line,
}

/// A chart as wide as the page, or one of two in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Whole,
    Half,
}

impl Width {
    fn size(self) -> (u32, u32) {
        match self {
            Width::Whole => (720, 220),
            Width::Half => (440, 220),
        }
    }
}

/// `None` when there is nothing to draw, or it cannot be drawn: a report without a chart is still
/// a report. Bars of days before `from` are faint: they are there to compare.
pub(super) fn by_day(kind: Kind, width: Width, points: &[(i32, i64)], from: i32) -> Option<String> {
    let (first, last) = (points.first()?.0, points.last()?.0);
    let top = points.iter().map(|(_, value)| *value).max()?.max(1);
    let least = points.iter().map(|(_, value)| *value).min()?;
    let (low, high) = match kind {
        // A share moves within a few points of the hundred.
        Kind::Line => ((least - (top - least).max(2)).max(0), top + 1),
        Kind::Bars | Kind::Area => (0, top + top / 10 + 1),
    };
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, width.size()).into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin(6)
            .x_label_area_size(LABELS.1)
            .y_label_area_size(LABELS.0)
            .build_cartesian_2d(first..last + 1, low..high)
            .ok()?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(plotters::style::TRANSPARENT)
            .bold_line_style(FAINT)
            .axis_style(FAINT)
            .label_style(("sans-serif", TEXT_PX).into_font().color(&TEXT))
            .x_labels(if width == Width::Whole { 8 } else { 5 })
            .y_labels(4)
            .x_label_formatter(&|day| Day(*day).to_string().chars().skip(5).collect())
            .y_label_formatter(&|value| short(*value))
            .draw()
            .ok()?;
        match kind {
            Kind::Bars => {
                let bar = |(day, value): &(i32, i64)| {
                    let ink = if *day < from { INK.mix(0.45) } else { INK.to_rgba() };
                    let mut bar = Rectangle::new([(*day, 0), (*day + 1, *value)], ink.filled());
                    bar.set_margin(0, 0, 2, 2);
                    bar
                };
                chart.draw_series(points.iter().map(bar)).ok()?;
            }
            Kind::Area => {
                let area = AreaSeries::new(points.iter().copied(), 0, INK.mix(0.2));
                chart.draw_series(area.border_style(INK)).ok()?;
            }
            Kind::Line => {
                let style = ShapeStyle { color: INK.to_rgba(), filled: true, stroke_width: 2 };
                chart.draw_series(LineSeries::new(points.iter().copied(), style)).ok()?;
                let dots = points.iter().map(|point| Circle::new(*point, 3, style));
                chart.draw_series(dots).ok()?;
            }
        }
        root.present().ok()?;
    }
    Some(svg)
}

/// "12 k": an axis has no room for more.
fn short(value: i64) -> String {
    match value.abs() {
        10_000_000.. => format!("{} M", value / 1_000_000),
        10_000.. => format!("{} k", value / 1_000),
        _ => value.to_string(),
    }
}

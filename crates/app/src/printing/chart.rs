//! Small charts for the day report.

use domain::Day;
use plotters::prelude::{
    AreaSeries, ChartBuilder, Color, IntoDrawingArea, RGBColor, Rectangle, SVGBackend,
};

const SIZE: (u32, u32) = (720, 220);
/// The blue of the screens' charts.
const INK: RGBColor = RGBColor(0x2f, 0x6f, 0xb5);
/// Room for the numbers beside and below, in pixels.
const LABELS: (u32, u32) = (60, 28);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bars,
    Area,
}

/// `None` when there is nothing to draw, or it cannot be drawn: a report without a chart is still
/// a report.
pub(super) fn by_day(kind: Kind, points: &[(i32, i64)]) -> Option<String> {
    let (first, last) = (points.first()?.0, points.last()?.0);
    let top = points.iter().map(|(_, value)| *value).max()?.max(1);
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin(6)
            .x_label_area_size(LABELS.1)
            .y_label_area_size(LABELS.0)
            .build_cartesian_2d(first..last + 1, 0..top + top / 10 + 1)
            .ok()?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .x_labels(7)
            .y_labels(5)
            .x_label_formatter(&|day| Day(*day).to_string().chars().skip(5).collect())
            .draw()
            .ok()?;
        match kind {
            Kind::Bars => {
                let bar = |(day, value): &(i32, i64)| {
                    Rectangle::new([(*day, 0), (*day + 1, *value)], INK.filled())
                };
                chart.draw_series(points.iter().map(bar)).ok()?;
            }
            Kind::Area => {
                let area = AreaSeries::new(points.iter().copied(), 0, INK.mix(0.2));
                chart.draw_series(area.border_style(INK)).ok()?;
            }
        }
        root.present().ok()?;
    }
    Some(svg)
}

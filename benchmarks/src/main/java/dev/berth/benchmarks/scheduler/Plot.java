package dev.berth.benchmarks.scheduler;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Curves as an SVG. Both axes are logarithmic, so that growth shows as a slope: level is constant,
 * a rise of one decade in one decade is linear.
 */
record Plot(String title, String xTitle, String yTitle) {
  private static final String[] COLOURS = {
    "#1f6feb", "#d29922", "#2da44e", "#cf222e", "#8250df", "#57606a"
  };
  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final int LEFT = 90;
  private static final int RIGHT = 160;
  private static final int TOP = 40;
  private static final int BOTTOM = 60;

  /** One curve per entry, with a value above 0 for each of {@code x}. */
  String svg(int[] x, Map<String, List<Double>> curves) {
    Scale across = new Scale(Math.log10(x[0]), Math.log10(x[x.length - 1]), LEFT, WIDTH - RIGHT);
    double low = curves.values().stream().flatMap(List::stream).min(Double::compare).orElseThrow();
    double high = curves.values().stream().flatMap(List::stream).max(Double::compare).orElseThrow();
    Scale up =
        new Scale(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)), HEIGHT - BOTTOM, TOP);
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
                + " font-size='12'>")
            .formatted(WIDTH, HEIGHT));
    line(svg, "<rect width='%d' height='%d' fill='white'/>".formatted(WIDTH, HEIGHT));
    line(svg, "<text x='%d' y='22' font-size='15'>%s</text>".formatted(LEFT, title));
    line(svg, "<text x='%d' y='%d'>%s</text>".formatted(LEFT, HEIGHT - 14, xTitle));
    line(
        svg,
        "<text x='18' y='%d' transform='rotate(-90 18 %d)'>%s</text>"
            .formatted(HEIGHT - BOTTOM, HEIGHT - BOTTOM, yTitle));
    for (double decade = up.from; decade <= up.to; decade++) {
      double y = up.at(decade);
      line(svg, "<path d='M%d %.1fH%d' stroke='#d0d7de'/>".formatted(LEFT, y, WIDTH - RIGHT));
      line(
          svg,
          "<text x='%d' y='%.1f' text-anchor='end'>%s</text>"
              .formatted(LEFT - 8, y + 4, number(Math.pow(10, decade))));
    }
    for (int value : x) {
      line(
          svg,
          "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>"
              .formatted(across.at(Math.log10(value)), HEIGHT - BOTTOM + 18, number(value)));
    }
    int position = 0;
    for (Map.Entry<String, List<Double>> curve : curves.entrySet()) {
      String colour = COLOURS[position % COLOURS.length];
      StringBuilder points = new StringBuilder();
      for (int i = 0; i < x.length; i++) {
        points.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                across.at(Math.log10(x[i])),
                up.at(Math.log10(curve.getValue().get(i)))));
      }
      line(
          svg,
          "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>"
              .formatted(points.toString().strip(), colour));
      line(
          svg,
          "<text x='%d' y='%d' fill='%s'>%s</text>"
              .formatted(WIDTH - RIGHT + 12, TOP + 14 + 18 * position, colour, curve.getKey()));
      position++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String number(double value) {
    return value >= 1
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  private static void line(StringBuilder svg, String text) {
    svg.append(text).append('\n');
  }

  /** Maps values to pixels. */
  private record Scale(double from, double to, double first, double last) {
    double at(double value) {
      return to == from ? first : first + (value - from) / (to - from) * (last - first);
    }
  }
}

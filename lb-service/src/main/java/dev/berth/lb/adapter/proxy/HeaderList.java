package dev.berth.lb.adapter.proxy;

import io.netty.handler.codec.DefaultHeaders.NameValidator;
import io.netty.handler.codec.DefaultHeaders.ValueValidator;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Headers in the order they came, in two arrays. A proxy adds each once, asks for a few and writes
 * them all: looking through a dozen names by their lengths costs less than Netty's table of linked
 * entries, and nothing is allocated for each. Names and values are checked as Netty's are.
 */
final class HeaderList extends HttpHeaders {
  /** Makes such headers where a decoder asks for some. */
  static final HttpHeadersFactory FACTORY =
      new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
          return new HeaderList(16);
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return new HeaderList(2);
        }
      };

  private static final NameValidator<CharSequence> NAMES =
      DefaultHttpHeadersFactory.headersFactory().getNameValidator();
  private static final ValueValidator<CharSequence> VALUES =
      DefaultHttpHeadersFactory.headersFactory().getValueValidator();

  private CharSequence[] names;
  private CharSequence[] values;
  private int size;

  HeaderList(int capacity) {
    names = new CharSequence[capacity];
    values = new CharSequence[capacity];
  }

  CharSequence name(int index) {
    return names[index];
  }

  CharSequence value(int index) {
    return values[index];
  }

  private int find(CharSequence name, int from) {
    int length = name.length();
    for (int i = from; i < size; i++) {
      CharSequence candidate = names[i];
      if (candidate == name
          || (candidate.length() == length
              && AsciiString.contentEqualsIgnoreCase(candidate, name))) {
        return i;
      }
    }
    return -1;
  }

  private void put(CharSequence name, Object value) {
    CharSequence text = text(value);
    NAMES.validateName(name);
    VALUES.validate(text);
    if (size == names.length) {
      names = Arrays.copyOf(names, Math.max(4, size * 2));
      values = Arrays.copyOf(values, names.length);
    }
    names[size] = name;
    values[size] = text;
    size++;
  }

  private void replace(CharSequence name, Object value) {
    int at = find(name, 0);
    if (at < 0) {
      put(name, value);
      return;
    }
    CharSequence text = text(value);
    VALUES.validate(text);
    values[at] = text;
    removeFrom(name, at + 1);
  }

  private void removeFrom(CharSequence name, int from) {
    int at = find(name, from);
    if (at < 0) {
      return;
    }
    int kept = at;
    int length = name.length();
    for (int i = at + 1; i < size; i++) {
      CharSequence candidate = names[i];
      if (candidate.length() != length || !AsciiString.contentEqualsIgnoreCase(candidate, name)) {
        names[kept] = candidate;
        values[kept] = values[i];
        kept++;
      }
    }
    Arrays.fill(names, kept, size, null);
    Arrays.fill(values, kept, size, null);
    size = kept;
  }

  private static CharSequence text(Object value) {
    return value instanceof CharSequence text ? text : value.toString();
  }

  @Override
  public String get(CharSequence name) {
    int at = find(name, 0);
    return at < 0 ? null : values[at].toString();
  }

  @Override
  public String get(String name) {
    return get((CharSequence) name);
  }

  @Override
  public List<String> getAll(CharSequence name) {
    int at = find(name, 0);
    if (at < 0) {
      return List.of();
    }
    int next = find(name, at + 1);
    if (next < 0) {
      return List.of(values[at].toString());
    }
    List<String> all = new ArrayList<>();
    for (int i = at; i >= 0; i = find(name, i + 1)) {
      all.add(values[i].toString());
    }
    return all;
  }

  @Override
  public List<String> getAll(String name) {
    return getAll((CharSequence) name);
  }

  @Override
  public boolean contains(CharSequence name) {
    return find(name, 0) >= 0;
  }

  @Override
  public boolean contains(String name) {
    return find(name, 0) >= 0;
  }

  @Override
  public Iterator<String> valueStringIterator(CharSequence name) {
    return getAll(name).iterator();
  }

  @Override
  public Iterator<String> valueCharSequenceIterator(CharSequence name) {
    return getAll(name).iterator();
  }

  @Override
  public Integer getInt(CharSequence name) {
    Long value = number(name);
    return value == null ? null : Math.toIntExact(value);
  }

  @Override
  public int getInt(CharSequence name, int defaultValue) {
    Integer value = getInt(name);
    return value == null ? defaultValue : value;
  }

  @Override
  public Short getShort(CharSequence name) {
    Long value = number(name);
    return value == null ? null : value.shortValue();
  }

  @Override
  public short getShort(CharSequence name, short defaultValue) {
    Short value = getShort(name);
    return value == null ? defaultValue : value;
  }

  /** Dates in headers are nothing to a balancer: it passes them as they are. */
  @Override
  public Long getTimeMillis(CharSequence name) {
    throw new UnsupportedOperationException("Dates aren't read here");
  }

  @Override
  public long getTimeMillis(CharSequence name, long defaultValue) {
    throw new UnsupportedOperationException("Dates aren't read here");
  }

  private Long number(CharSequence name) {
    String value = get(name);
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      // As Netty has it: what is no number isn't there.
      return null;
    }
  }

  @Override
  public List<Map.Entry<String, String>> entries() {
    List<Map.Entry<String, String>> all = new ArrayList<>(size);
    iterator().forEachRemaining(all::add);
    return all;
  }

  @Override
  @SuppressWarnings("deprecation")
  public Iterator<Map.Entry<String, String>> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public Map.Entry<String, String> next() {
        checkNext(next);
        int at = next++;
        return new SimpleImmutableEntry<>(names[at].toString(), values[at].toString());
      }
    };
  }

  @Override
  public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public Map.Entry<CharSequence, CharSequence> next() {
        checkNext(next);
        int at = next++;
        return new SimpleImmutableEntry<>(names[at], values[at]);
      }
    };
  }

  private void checkNext(int next) {
    if (next >= size) {
      throw new NoSuchElementException();
    }
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<String> names() {
    Set<String> all = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      all.add(names[i].toString());
    }
    return all;
  }

  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    put(name, value);
    return this;
  }

  @Override
  public HttpHeaders add(String name, Object value) {
    put(name, value);
    return this;
  }

  @Override
  public HttpHeaders add(String name, Iterable<?> several) {
    several.forEach(value -> put(name, value));
    return this;
  }

  @Override
  public HttpHeaders addInt(CharSequence name, int value) {
    put(name, Integer.toString(value));
    return this;
  }

  @Override
  public HttpHeaders addShort(CharSequence name, short value) {
    put(name, Short.toString(value));
    return this;
  }

  @Override
  public HttpHeaders set(CharSequence name, Object value) {
    replace(name, value);
    return this;
  }

  @Override
  public HttpHeaders set(String name, Object value) {
    replace(name, value);
    return this;
  }

  @Override
  public HttpHeaders set(String name, Iterable<?> several) {
    removeFrom(name, 0);
    return add(name, several);
  }

  @Override
  public HttpHeaders setInt(CharSequence name, int value) {
    replace(name, Integer.toString(value));
    return this;
  }

  @Override
  public HttpHeaders setShort(CharSequence name, short value) {
    replace(name, Short.toString(value));
    return this;
  }

  @Override
  public HttpHeaders remove(CharSequence name) {
    removeFrom(name, 0);
    return this;
  }

  @Override
  public HttpHeaders remove(String name) {
    removeFrom(name, 0);
    return this;
  }

  @Override
  public HttpHeaders clear() {
    Arrays.fill(names, 0, size, null);
    Arrays.fill(values, 0, size, null);
    size = 0;
    return this;
  }

  @Override
  public HttpHeaders copy() {
    HeaderList copy = new HeaderList(names.length);
    System.arraycopy(names, 0, copy.names, 0, size);
    System.arraycopy(values, 0, copy.values, 0, size);
    copy.size = size;
    return copy;
  }
}

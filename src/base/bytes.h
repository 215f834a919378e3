#pragma once
// Records as bytes: to be kept and read back by the same program, or hashed. A struct says its fields once, in a
// fields_of() beside it that calls its second argument with every one of them; it takes them apart by a structured
// binding, so that a struct that gains a field does not compile until the field is named there too.

#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/currency.h"
#include "base/date.h"
#include "base/money.h"
#include "base/text.h"

namespace destock {

template <typename S, typename T>
concept Of = std::same_as<std::remove_const_t<S>, T>;

template <Of<Text> S, typename F>
void fields_of(S& text, F&& f) {
  auto& [en, zh] = text;
  f(en, zh);
}

template <typename T>
concept Scalar = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class BytesOut {
public:
  template <typename... Ts>
  void all(const Ts&... values) {
    (put(values), ...);
  }
  template <Scalar T>
  void put(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(Date day) { put(static_cast<int32_t>(day_number(day))); }
  void put(Currency currency) { bytes_ += currency.code(); }
  void put(const Money& money) { all(money.units(), money.currency()); }
  void put(std::string_view text) {
    put(static_cast<uint32_t>(text.size()));
    bytes_ += text;
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  template <typename T>
  void put(const std::optional<T>& held) {
    put(held.has_value());
    if (held) put(*held);
  }
  template <typename A, typename B>
  void put(const std::pair<A, B>& pair) {
    all(pair.first, pair.second);
  }
  template <typename T>
  void put(const std::vector<T>& list) {
    put(static_cast<uint32_t>(list.size()));
    for (const T& one : list) put(one);
  }
  template <typename T, size_t N>
  void put(const std::array<T, N>& list) {
    for (const T& one : list) put(one);
  }
  template <typename K, typename V>
  void put(const std::map<K, V>& map) {
    put(static_cast<uint32_t>(map.size()));
    for (const auto& [key, value] : map) all(key, value);
  }
  template <typename T>
  requires(std::is_class_v<T>&& requires(const T& one) {
    fields_of(one, [](const auto&...) {});
  }) void put(const T& one) {
    fields_of(one, [this](const auto&... fields) { all(fields...); });
  }

  const std::string& bytes() const { return bytes_; }

private:
  std::string bytes_;
};

// What is read into where there is no value yet: what Money is in, its bytes say.
template <typename T>
T blank() {
  if constexpr (std::same_as<T, Money>)
    return Money::zero(Currency());
  else
    return T{};
}

// Reads what BytesOut wrote. Where the bytes end too soon, ok() is false and what was read is worth nothing.
class BytesIn {
public:
  explicit BytesIn(std::string_view bytes) : left_(bytes) {}
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && left_.empty(); }

  template <typename... Ts>
  void all(Ts&... values) {
    (get(values), ...);
  }
  template <Scalar T>
  void get(T& value) {
    const std::string_view raw = take(sizeof value);
    if (!ok_) return;
    if constexpr (std::same_as<T, bool>)
      value = raw[0] != 0;
    else
      std::memcpy(&value, raw.data(), sizeof value);
  }
  void get(Date& day) {
    int32_t number = 0;
    get(number);
    day = date_of_day_number(number);
  }
  void get(Currency& currency) {
    const auto read = Currency::parse(take(3));
    if (read)
      currency = *read;
    else
      ok_ = false;
  }
  void get(Money& money) {
    int64_t units = 0;
    Currency currency;
    all(units, currency);
    if (ok_) money = Money::from_units(units, currency);
  }
  void get(std::string& text) { text = take(size()); }
  template <typename T>
  void get(std::optional<T>& held) {
    bool is_there = false;
    get(is_there);
    held.reset();
    if (is_there && ok_) get(held.emplace(blank<T>()));
  }
  template <typename T>
  void get(std::vector<T>& list) {
    const size_t many = size();
    list.clear();
    list.reserve(std::min(many, left_.size()));
    for (size_t i = 0; i < many && ok_; ++i) get(list.emplace_back(blank<T>()));
  }
  template <typename K, typename V>
  void get(std::map<K, V>& map) {
    const size_t many = size();
    map.clear();
    for (size_t i = 0; i < many && ok_; ++i) {
      K key = blank<K>();
      V value = blank<V>();
      all(key, value);
      map.emplace_hint(map.end(), std::move(key), std::move(value));
    }
  }
  template <typename T>
  requires(std::is_class_v<T>&& requires(T& one) { fields_of(one, [](auto&...) {}); }) void get(T& one) {
    fields_of(one, [this](auto&... fields) { all(fields...); });
  }

private:
  size_t size() {
    uint32_t many = 0;
    get(many);
    return many;
  }
  std::string_view take(size_t bytes) {
    if (!ok_ || bytes > left_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = left_.substr(0, bytes);
    left_.remove_prefix(bytes);
    return taken;
  }

  std::string_view left_;
  bool ok_ = true;
};

}  // namespace destock

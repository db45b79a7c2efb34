//! A fingerprint of how a type is laid out when saved: names of its fields and variants, and the kinds of its values.
//!
//! The saved form holds values alone, so a file of another build could be read into the wrong fields without a
//! word. Walking the type with a deserializer that makes up zeros visits every field once and needs no list of
//! fields that someone must keep up to date.

use std::fmt;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::envelope::Checksum;

/// The fingerprint of `T`: equal for two builds only if they save `T` alike.
pub(super) fn fingerprint<T: DeserializeOwned>() -> u64 {
    let mut notes = Notes(Checksum::default());
    if T::deserialize(Walk(&mut notes)).is_err() {
        // A type that rejects zeros ends the walk early; what was seen until then still tells builds apart.
        notes.add("cut short");
    }
    notes.0.value()
}

struct Notes(Checksum);

impl Notes {
    fn add(&mut self, what: &str) {
        self.0.update(what.as_bytes());
        self.0.update(b";");
    }
}

/// The walk ended early.
#[derive(Debug)]
struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the walk over the type ended early")
    }
}

impl std::error::Error for Stopped {}

impl de::Error for Stopped {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Stopped
    }
}

struct Walk<'a>(&'a mut Notes);

macro_rules! zeros {
    ($($deserialize:ident $visit:ident $zero:expr),+ $(,)?) => {
        $(fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
            self.0.add(stringify!($visit));
            visitor.$visit($zero)
        })+
    };
}

impl<'de> Deserializer<'de> for Walk<'_> {
    type Error = Stopped;

    zeros!(
        deserialize_bool visit_bool false,
        deserialize_i8 visit_i8 0,
        deserialize_i16 visit_i16 0,
        deserialize_i32 visit_i32 0,
        deserialize_i64 visit_i64 0,
        deserialize_u8 visit_u8 0,
        deserialize_u16 visit_u16 0,
        deserialize_u32 visit_u32 0,
        deserialize_u64 visit_u64 0,
        deserialize_f32 visit_f32 0.0,
        deserialize_f64 visit_f64 0.0,
        deserialize_char visit_char ' ',
        deserialize_str visit_str "",
        deserialize_string visit_string String::new(),
        deserialize_bytes visit_bytes &[],
        deserialize_byte_buf visit_byte_buf Vec::new(),
    );

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stopped> {
        Err(Stopped)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        self.0.add("option");
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        self.0.add(name);
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        self.0.add(name);
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        self.0.add("sequence");
        visitor.visit_seq(Members {
            notes: self.0,
            left: 1,
        })
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        self.0.add(&format!("{len} values"));
        visitor.visit_seq(Members {
            notes: self.0,
            left: len,
        })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        self.0.add(name);
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        self.0.add("map");
        visitor.visit_map(Members {
            notes: self.0,
            left: 1,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        self.0.add(name);
        fields.iter().for_each(|field| self.0.add(field));
        visitor.visit_seq(Members {
            notes: self.0,
            left: fields.len(),
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        self.0.add(name);
        variants.iter().for_each(|variant| self.0.add(variant));
        visitor.visit_enum(First(self.0))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_u32(0)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

struct Members<'a> {
    notes: &'a mut Notes,
    left: usize,
}

impl<'de> SeqAccess<'de> for Members<'_> {
    type Error = Stopped;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Stopped> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(Walk(self.notes)).map(Some)
    }
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Stopped;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Stopped> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stopped> {
        seed.deserialize(Walk(self.notes))
    }
}

/// An enum's first variant.
struct First<'a>(&'a mut Notes);

impl<'de> EnumAccess<'de> for First<'_> {
    type Error = Stopped;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Stopped> {
        let variant = seed.deserialize(Walk(self.0))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for First<'_> {
    type Error = Stopped;

    fn unit_variant(self) -> Result<(), Stopped> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Stopped> {
        seed.deserialize(Walk(self.0))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Stopped> {
        Walk(self.0).deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        Walk(self.0).deserialize_struct("variant", fields, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only its layout matters")]
    struct Early {
        wage: i64,
        months: Vec<u32>,
        status: Status,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only its layout matters")]
    enum Status {
        Working(f64),
        Away,
    }

    mod later {
        use super::{Deserialize, Status};

        #[derive(Deserialize)]
        #[expect(dead_code, reason = "only its layout matters")]
        pub struct Early {
            pub months: Vec<u32>,
            pub wage: i64,
            pub status: Status,
        }
    }

    #[test]
    fn fields_that_change_places_change_the_fingerprint() {
        assert_eq!(fingerprint::<Early>(), fingerprint::<Early>());
        assert_ne!(fingerprint::<Early>(), fingerprint::<later::Early>());
        assert_ne!(fingerprint::<Vec<u32>>(), fingerprint::<Vec<u16>>());
        assert_ne!(fingerprint::<[u8; 3]>(), fingerprint::<[u8; 4]>());
    }

    #[test]
    fn the_walk_reaches_the_end_of_a_town() {
        let mut notes = Notes(Checksum::default());
        assert!(crate::town::Town::deserialize(Walk(&mut notes)).is_ok());
        assert!(crate::run::RunRecord::deserialize(Walk(&mut notes)).is_ok());
    }
}

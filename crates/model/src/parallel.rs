//! Loops over agents: on all cores with the feature `parallel`, on one thread without it.
//!
//! The month is written once, against rayon's names. Its loops write to their own rows or add whole numbers, so both
//! ways leave the same bytes.

#[cfg(feature = "parallel")]
pub use rayon::{join, prelude};

#[cfg(not(feature = "parallel"))]
pub use serial::{join, prelude};

#[cfg(not(feature = "parallel"))]
mod serial {
    //! What the month uses of rayon, one after the other.

    /// Runs both, the first one first.
    pub fn join<A, B>(first: impl FnOnce() -> A, second: impl FnOnce() -> B) -> (A, B) {
        (first(), second())
    }

    pub mod prelude {
        pub use super::{
            IntoParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator,
            ParallelSlice, ParallelSliceMut,
        };
    }

    /// A loop on one thread under the names of a parallel one.
    pub struct Serial<I>(I);

    impl<I: Iterator> Serial<I> {
        pub fn with_min_len(self, _: usize) -> Self {
            self
        }

        pub fn enumerate(self) -> Serial<std::iter::Enumerate<I>> {
            Serial(self.0.enumerate())
        }

        pub fn zip<Z: IntoParallelIterator>(self, other: Z) -> Serial<std::iter::Zip<I, Z::Iter>> {
            Serial(self.0.zip(other.into_par_iter().0))
        }

        pub fn map<T, F: FnMut(I::Item) -> T>(self, f: F) -> Serial<std::iter::Map<I, F>> {
            Serial(self.0.map(f))
        }

        pub fn for_each(self, f: impl FnMut(I::Item)) {
            self.0.for_each(f);
        }

        pub fn fold<T>(
            self,
            start: impl Fn() -> T,
            f: impl FnMut(T, I::Item) -> T,
        ) -> Serial<std::iter::Once<T>> {
            Serial(std::iter::once(self.0.fold(start(), f)))
        }

        pub fn reduce(
            self,
            start: impl Fn() -> I::Item,
            f: impl FnMut(I::Item, I::Item) -> I::Item,
        ) -> I::Item {
            self.0.fold(start(), f)
        }

        pub fn sum<S: std::iter::Sum<I::Item>>(self) -> S {
            self.0.sum()
        }

        pub fn collect<C: FromIterator<I::Item>>(self) -> C {
            self.0.collect()
        }

        pub fn collect_into_vec(self, target: &mut Vec<I::Item>) {
            target.clear();
            target.extend(self.0);
        }
    }

    pub trait IntoParallelIterator {
        type Item;
        type Iter: Iterator<Item = Self::Item>;
        fn into_par_iter(self) -> Serial<Self::Iter>;
    }

    impl<I: Iterator> IntoParallelIterator for Serial<I> {
        type Item = I::Item;
        type Iter = I;
        fn into_par_iter(self) -> Serial<I> {
            self
        }
    }

    macro_rules! own_iterator {
        ($([$($bound:tt)*] $kind:ty),* $(,)?) => {$(
            impl<$($bound)*> IntoParallelIterator for $kind {
                type Item = <$kind as IntoIterator>::Item;
                type Iter = <$kind as IntoIterator>::IntoIter;
                fn into_par_iter(self) -> Serial<Self::Iter> {
                    Serial(self.into_iter())
                }
            }
        )*};
    }

    own_iterator!(
        ['a, T] &'a [T],
        ['a, T] &'a mut [T],
        ['a, T] &'a Vec<T>,
        ['a, T] &'a mut Vec<T>,
        [T] Vec<T>,
        [] std::ops::Range<usize>,
        [] std::ops::Range<u32>,
        [] std::ops::Range<u64>,
    );

    pub trait IntoParallelRefIterator<T> {
        fn par_iter(&self) -> Serial<std::slice::Iter<'_, T>>;
    }

    impl<T> IntoParallelRefIterator<T> for [T] {
        fn par_iter(&self) -> Serial<std::slice::Iter<'_, T>> {
            Serial(self.iter())
        }
    }

    pub trait IntoParallelRefMutIterator<T> {
        fn par_iter_mut(&mut self) -> Serial<std::slice::IterMut<'_, T>>;
    }

    impl<T> IntoParallelRefMutIterator<T> for [T] {
        fn par_iter_mut(&mut self) -> Serial<std::slice::IterMut<'_, T>> {
            Serial(self.iter_mut())
        }
    }

    pub trait ParallelSlice<T> {
        fn par_chunks(&self, size: usize) -> Serial<std::slice::Chunks<'_, T>>;
    }

    impl<T> ParallelSlice<T> for [T] {
        fn par_chunks(&self, size: usize) -> Serial<std::slice::Chunks<'_, T>> {
            Serial(self.chunks(size))
        }
    }

    pub trait ParallelSliceMut<T> {
        fn par_chunks_mut(&mut self, size: usize) -> Serial<std::slice::ChunksMut<'_, T>>;
        fn par_sort_unstable(&mut self)
        where
            T: Ord;
        fn par_sort_by(&mut self, order: impl FnMut(&T, &T) -> std::cmp::Ordering);
    }

    impl<T> ParallelSliceMut<T> for [T] {
        fn par_chunks_mut(&mut self, size: usize) -> Serial<std::slice::ChunksMut<'_, T>> {
            Serial(self.chunks_mut(size))
        }

        fn par_sort_unstable(&mut self)
        where
            T: Ord,
        {
            self.sort_unstable();
        }

        fn par_sort_by(&mut self, order: impl FnMut(&T, &T) -> std::cmp::Ordering) {
            self.sort_by(order);
        }
    }

    /// Columns walked side by side; the shortest ends the walk.
    pub struct Columns<T>(T);

    macro_rules! columns {
        ($($column:ident $place:tt),*) => {
            impl<$($column: Iterator),*> Iterator for Columns<($($column,)*)> {
                type Item = ($($column::Item,)*);
                #[inline]
                fn next(&mut self) -> Option<Self::Item> {
                    Some(($(self.0.$place.next()?,)*))
                }
            }

            impl<$($column: IntoParallelIterator),*> IntoParallelIterator for ($($column,)*) {
                type Item = ($($column::Item,)*);
                type Iter = Columns<($($column::Iter,)*)>;
                fn into_par_iter(self) -> Serial<Self::Iter> {
                    Serial(Columns(($(self.$place.into_par_iter().0,)*)))
                }
            }
        };
    }

    columns!(A 0, B 1);
    columns!(A 0, B 1, C 2);
    columns!(A 0, B 1, C 2, D 3);
    columns!(A 0, B 1, C 2, D 3, E 4);
    columns!(A 0, B 1, C 2, D 3, E 4, F 5);
    columns!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    columns!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
    columns!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
    columns!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
    columns!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
    columns!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
}

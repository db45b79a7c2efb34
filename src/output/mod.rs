pub mod folder;
pub mod manifest;
pub mod results;
pub mod summary;
pub mod table;
pub mod write;

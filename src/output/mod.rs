pub mod folder;
pub mod manifest;
pub mod table;
pub mod write;

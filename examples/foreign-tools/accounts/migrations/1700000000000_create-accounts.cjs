exports.up = (pgm) => {
  pgm.createTable('accounts', {
    id: 'id',
    email: { type: 'text', notNull: true, unique: true },
  });
};

exports.down = (pgm) => pgm.dropTable('accounts');

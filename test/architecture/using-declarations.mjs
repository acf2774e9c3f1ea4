// dependency-cruiser reads files by the visitor of @swc/core, which ends at `using` and `await using`: this teaches it.
import visitor from '@swc/core/Visitor.js';

const { prototype } = visitor.Visitor ?? visitor;
const { visitStatement } = prototype;

prototype.visitStatement = function visit(statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};

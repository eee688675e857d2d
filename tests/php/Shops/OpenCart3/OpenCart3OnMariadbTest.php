<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart3;

use Orderbridge\Tests\Shops\OpenCart\FakeOpenCart;
use Orderbridge\Tests\Support\MariadbOfOurOwn;
use PDO;

/** Through the adapter's own database class, as in a shop. */
final class OpenCart3OnMariadbTest extends OpenCart3TestCase
{
    use MariadbOfOurOwn;

    protected function openCart(): FakeOpenCart
    {
        [$dsn, $user, $password] = $this->createDatabase();

        $pdo = new PDO($dsn, $user, $password);
        // As this shop has its tables and its connection.
        $pdo->exec('ALTER DATABASE CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci');
        $pdo->exec('SET NAMES utf8mb3');

        return new FakeOpenCart('3.0', $pdo);
    }

    public function testOurOwnTablesKeepEmojiAllTheSame(): void
    {
        $database = $this->shop()->database();
        $database->execute('CREATE TABLE ours (word VARCHAR(40)) CHARACTER SET utf8mb4');
        $database->execute('INSERT INTO ours VALUES (?)', ['чай 🫖']);

        self::assertSame([['word' => 'чай 🫖']], $database->query('SELECT word FROM ours WHERE word = ?', ['чай 🫖']));
    }
}
